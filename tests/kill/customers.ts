import { setTimeout as sleep } from 'node:timers/promises';
import { STRAIGHT_NUMBER } from '../load/people.ts';
import { type PhoneCall, ScriptedPhone } from '../phones/index.ts';

const WAIT_PATIENCE_MS = 60_000;
const HEAR_PATIENCE_MS = 4_000;

/** One call as its customer saw it. */
export interface Visit {
  readonly number: string;
  readonly dialedAtMs: number;
  state: 'waiting' | 'talking' | 'over';
  call: PhoneCall | undefined;
  /** What went wrong, as the customer would say it. */
  complaint: 'never served' | 'cut off' | 'silence' | undefined;
}

/** Customers who call one after the other, each with a number of their own: wait, talk, listen once more, hang up. */
export class Customers {
  readonly visits: Visit[] = [];
  readonly #trunk: string;
  readonly #deskToneHz: number;
  #stopped = false;
  readonly #working: Promise<void>[] = [];

  constructor(trunk: string, deskToneHz: number) {
    this.#trunk = trunk;
    this.#deskToneHz = deskToneHz;
  }

  /** So many customers at any time until {@link Customers.stop}. */
  begin(lines: number): void {
    for (let i = 0; i < lines; i++) this.#working.push(this.#line());
  }

  /** Lets everybody finish who has called. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#working);
  }

  /** One more call, now. */
  callOnce(): void {
    this.#working.push(this.#visit());
  }

  /** Every conversation that is up is still heard. Those that are not are complained about. */
  async listenToAll(): Promise<void> {
    await Promise.all(this.visits.filter((visit) => visit.state === 'talking').map((visit) => this.#listen(visit)));
  }

  async #line(): Promise<void> {
    await sleep(Math.random() * 2_000);
    while (!this.#stopped) await this.#visit();
  }

  async #visit(): Promise<void> {
    const number = `139${String(this.visits.length + 1).padStart(8, '0')}`;
    const phone = await ScriptedPhone.start({ user: number, server: this.#trunk, toneHz: 1_000 });
    const visit: Visit = { number, dialedAtMs: Date.now(), state: 'waiting', call: undefined, complaint: undefined };
    this.visits.push(visit);
    try {
      const call = await phone.call(STRAIGHT_NUMBER);
      visit.call = call;
      const served = await Promise.race([
        call.untilHears(this.#deskToneHz, WAIT_PATIENCE_MS).then(
          () => true,
          () => false,
        ),
        call.ended.then(() => false),
      ]);
      if (!served) {
        visit.complaint = 'never served';
        return;
      }
      visit.state = 'talking';
      void call.ended.then((end) => {
        if (end.by === 'them') visit.complaint = 'cut off';
      });
      await Promise.race([sleep(1_000 + Math.random() * 5_000), call.ended]);
      await this.#listen(visit);
      visit.state = 'over';
      await call.hangUp();
    } finally {
      visit.state = 'over';
      await phone.close();
    }
  }

  async #listen(visit: Visit): Promise<void> {
    const { call } = visit;
    if (call?.state !== 'up') return;
    try {
      await call.untilHears(this.#deskToneHz, HEAR_PATIENCE_MS);
    } catch {
      if (call.state === 'up') visit.complaint ??= 'silence';
    }
  }
}
