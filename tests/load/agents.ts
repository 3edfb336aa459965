import { type PhoneCall, ScriptedPhone } from '../phones/index.ts';
import { configurationFor, type Person } from './people.ts';
import { Rest } from './rest.ts';

/** A call that an agent's phone was rung for. */
export interface Served {
  readonly contactId: string;
  readonly agentId: string;
  readonly invitedAtMs: number;
  readonly call: PhoneCall;
}

export interface DeskOptions {
  readonly url: string;
  /** The agents' SIP port, `host:port`. */
  readonly agents: string;
  readonly person: Person;
  readonly toneHz: number;
  /** From the ring to the answer. */
  readonly answerAfterMs: number;
  /** Hangs up so long after its answer; the caller does when it is missing. */
  readonly talkMs?: number;
  /** Signs in with this password instead of the open session. */
  readonly password?: string;
  readonly onServed?: (served: Served) => void;
}

/** An agent at work without a browser: the API for the shift, a scripted phone for the calls. */
export class Desk {
  readonly person: Person;
  readonly served: Served[] = [];
  readonly rest: Rest;
  readonly #options: DeskOptions;
  readonly #phone: ScriptedPhone;
  #closed = false;

  private constructor(options: DeskOptions, rest: Rest, phone: ScriptedPhone) {
    this.#options = options;
    this.person = options.person;
    this.rest = rest;
    this.#phone = phone;
    void this.#work();
  }

  /** Signs in, begins the shift, registers the phone with the shift's credentials, and goes available. */
  static async open(options: DeskOptions): Promise<Desk> {
    const { person } = options;
    const rest = new Rest(options.url, options.password === undefined ? person.token : '');
    if (options.password !== undefined) await rest.signIn(person.agentId, options.password);
    const { body } = await rest.post('/shift');
    const phone = await ScriptedPhone.start({
      user: body.user,
      password: body.password,
      domain: body.domain,
      server: options.agents,
      toneHz: options.toneHz,
      onCall: { kind: 'ring' },
    });
    await phone.register(1_800);
    const desk = new Desk(options, rest, phone);
    await rest.put('/status', { status: 'available' });
    return desk;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#phone.close();
  }

  async #work(): Promise<void> {
    while (!this.#closed) {
      const call = await this.#phone.nextCall(1_000).catch(() => undefined);
      if (call && !this.#closed) void this.#serve(call);
    }
  }

  async #serve(call: PhoneCall): Promise<void> {
    const { answerAfterMs, talkMs, onServed } = this.#options;
    const served = {
      contactId: call.invitedWith('x-tandem-contact'),
      agentId: this.person.agentId,
      invitedAtMs: Date.now(),
      call,
    };
    this.served.push(served);
    onServed?.(served);
    await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
    call.answer();
    if (call.state !== 'up') return;
    if (talkMs !== undefined) setTimeout(() => void call.hangUp(), talkMs);
    await call.ended;
    if (!this.#closed) await this.#finishWrapUp(served.contactId);
  }

  /** Says that the work on the contact is done; a wrap-up that is over by itself is as good. */
  async #finishWrapUp(contactId: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    let unseen = 0;
    while (Date.now() < deadline && !this.#closed && unseen < 5) {
      try {
        const { body } = await this.rest.get('/desk');
        const mine = body.contacts.find((one: { contactId: string }) => one.contactId === contactId);
        unseen = mine ? 0 : unseen + 1;
        if (mine?.state === 'wrap-up') {
          await this.rest.put(`/contacts/${contactId}/wrap-up`, { done: true });
          return;
        }
      } catch {
        // Asked again: the server may be away, or the wrap-up ended meanwhile.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Puts these people into the routing configuration, as an administrator does. */
export async function configure(
  url: string,
  admin: string,
  people: readonly Person[],
  wrapUpMs = 30_000,
): Promise<void> {
  const rest = new Rest(url, admin);
  const { body } = await rest.get('/configuration');
  const configuration = configurationFor(people, wrapUpMs);
  await rest.put('/configuration', { baseVersion: body.version, note: 'load', configuration });
}
