import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Env, parseEnv } from '../../../config/env.ts';
import { silentLogger } from '../../../config/logger.ts';
import type { LegId } from '../../../switch/index.ts';
import { hashPassword } from '../../access/index.ts';
import { type Center, openCenter } from '../../main/center.ts';
import { DEMO_PASSWORD, seedDemo } from '../../main/demo-data.ts';
import { ENTRY_NUMBER, seedFirstData } from '../../main/first-data.ts';
import { createUser, type Database, migrate, openPglite, saveRole } from '../../store/index.ts';
import { FakeCallControl } from '../../voice/testing/fake-call-control.ts';
import { JumpingClock } from './jumping-clock.ts';
import { Visitor } from './visitor.ts';

const PATIENCE_MS = 8_000;
export const DIRECTORY_SECRET = 'rig-directory-secret';
/** Watches the floor and sees no numbers. */
export const WATCHER = { username: 'watcher', password: 'watcher-password' };

/** The contact center as it runs, on an embedded database and a switch in memory, with its demo people. */
export interface Rig {
  readonly url: string;
  readonly db: Database;
  readonly clock: JumpingClock;
  readonly control: FakeCallControl;
  readonly center: Center;
  readonly recordingsDir: string;
  visitor(): Visitor;
  /** A visitor who is signed in; demo people by name. */
  signedIn(username: string, password?: string): Promise<Visitor>;
  /** Begins the shift with a phone that answers after `answerAfterMs`, and is available. */
  onShift(username: string, options?: { answers?: boolean }): Promise<Visitor>;
  /** A caller who has chosen sales; resolves when the contact waits or rings. */
  callerInSales(callerNumber?: string): Promise<{ legId: LegId; contactId: string }>;
  /** A caller who talks to `wang` or `li`. */
  conversation(agent: Visitor, callerNumber?: string): Promise<{ legId: LegId; contactId: string }>;
  close(): Promise<void>;
}

/** Waits until `look` sees something. */
export async function until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const endMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen) return seen as NonNullable<T>;
    if (Date.now() > endMs) throw new RangeError(`${what} did not come about in time`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

function envOf(folder: string): Env {
  const outcome = parseEnv({
    DATA_DIR: folder,
    HTTP_HOST: '127.0.0.1',
    FREESWITCH_HOSTS: '127.0.0.1:8021',
    DIRECTORY_SECRET,
    TTS_COMMAND: 'none',
  });
  if (outcome.kind === 'invalid') throw new RangeError(JSON.stringify(outcome.problems));
  return { ...outcome.env, http: { host: '127.0.0.1', port: 0 } };
}

export async function createRig(): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-api-'));
  const clock = new JumpingClock();
  const db = await openPglite({});
  await migrate(db);
  await seedFirstData(db, { flowsDir: join(import.meta.dirname, '../../../config/flows'), locale: 'en' });
  await seedDemo(db, clock.now(), 'en');
  await saveRole(db, { id: 'watcher', name: 'Watcher', permissions: ['floor.watch'] });
  await createUser(db, {
    userName: WATCHER.username,
    displayName: 'Watcher',
    passwordHash: await hashPassword(WATCHER.password),
    locale: 'en',
    roleIds: ['watcher'],
  });
  const control = new FakeCallControl({ clock });
  control.fileDurationMs = 10;
  const env = envOf(folder);
  const center = await openCenter({
    env,
    logger: silentLogger,
    db,
    controls: [control],
    pagesDir: undefined,
    demo: true,
    onLost: () => {},
    clock,
  });
  const visitor = () => new Visitor(center.url);

  async function signedIn(username: string, password = DEMO_PASSWORD): Promise<Visitor> {
    const person = visitor();
    const answer = await person.ask('POST /session', { body: { username, password } });
    if (answer.status !== 200) throw new RangeError(`${username} could not sign in: ${answer.status}`);
    return person;
  }
  async function callerInSales(callerNumber = '13911112222') {
    const legId = control.callIn({ callerNumber, dialedNumber: ENTRY_NUMBER });
    const leg = await until('the menu', () => {
      const found = control.legs.get(legId);
      return found?.collecting && found.contactId ? found : undefined;
    });
    control.press(legId, '1');
    const supervisor = await watcher();
    const contactId = leg.contactId ?? '';
    await until('the queue', async () => {
      const { body } = await supervisor.ask('GET /floor');
      return (
        body.contacts.find((one: { contactId: string; state: string }) => one.contactId === contactId)?.state !== 'flow'
      );
    });
    return { legId, contactId };
  }
  let watching: Visitor | undefined;
  const watcher = async () => {
    watching ??= await signedIn(WATCHER.username, WATCHER.password);
    return watching;
  };
  return {
    url: center.url,
    db,
    clock,
    control,
    center,
    recordingsDir: env.recordingsDir,
    visitor,
    signedIn,
    async onShift(username, { answers = true } = {}) {
      const person = await signedIn(username);
      const shift = await person.ask('POST /shift');
      control.setPhone(shift.body.user, answers ? { does: 'answer', afterMs: 20 } : { does: 'ring' });
      control.register(shift.body.user);
      await person.ask('PUT /status', { body: { status: 'available' } });
      return person;
    },
    callerInSales,
    async conversation(agent, callerNumber) {
      const call = await callerInSales(callerNumber);
      await until('talking', async () => {
        const { body } = await agent.ask('GET /desk');
        return body.contacts.some(
          (one: { contactId: string; state: string }) => one.contactId === call.contactId && one.state === 'talking',
        );
      });
      return call;
    },
    async close() {
      await center.close();
      await control.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
