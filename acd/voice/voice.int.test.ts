import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../config/clock.ts';
import { silentLogger } from '../../config/logger.ts';
import { recordingInfo } from '../../media/index.ts';
import { EventSocketCallControl } from '../../switch/index.ts';
import { type Softswitch, softswitchSettings, startSoftswitch } from '../../switch/softswitch/index.ts';
import { type PhoneCall, ScriptedPhone } from '../../tests/phones/index.ts';
import { type Configuration, createEngine, type EngineResult, restoreEngine } from '../engine/index.ts';
import { checkFlow, openPromptLibrary } from '../flows/index.ts';
import { openRoutingDomain, type RoutingDomain } from '../routing/index.ts';
import {
  contactEvents,
  type Database,
  findContact,
  listContacts,
  migrate,
  openPglite,
  recordingsOf,
  segmentsOf,
} from '../store/index.ts';
import { createVoice, DEFAULT_TIMINGS, routingOf, type StoreRecords, storeRecords, type Voice } from './index.ts';
import { CONFIGURATION, TEST_FLOW } from './testing/rig.ts';

const PASSWORD = 'voice-test';
const PATIENCE_MS = 8_000;
const TONES = { caller: 500, anna: 800, bo: 1100 };

let database: Database;
let softswitch: Softswitch;
let folder: string;
let running: Running | undefined;
const phones: ScriptedPhone[] = [];

interface Running {
  readonly voice: Voice;
  readonly domain: RoutingDomain;
  readonly records: StoreRecords;
  readonly control: EventSocketCallControl;
}

const engineOf = (made: EngineResult) => {
  if (!made.ok) throw new TypeError(made.problems.join('; '));
  return made.engine;
};

/** One process of the contact center. */
async function startVoice(configuration: Configuration = CONFIGURATION): Promise<Running> {
  const check = checkFlow(TEST_FLOW);
  if (check.kind !== 'valid') throw new TypeError('the flow of the test is not valid');
  const { flow } = check;
  const prompts = join(import.meta.dirname, '../../config/prompts');
  const control = new EventSocketCallControl({
    host: '127.0.0.1',
    port: softswitch.ports.eventSocket,
    password: PASSWORD,
    clock: systemClock,
    log: silentLogger,
    layout: { domain: 'tandem.local', musicSource: 'tone_stream://%(1000,0,600);loops=-1' },
  });
  const records = storeRecords({ db: database, clock: systemClock, log: silentLogger });
  const voice = createVoice({
    controls: [control],
    records,
    directory: {
      agent: (agentId) => ({ agentId, displayName: agentId, phoneUser: agentId }),
      agentByPhone: (user) => ({ agentId: user, displayName: user, phoneUser: user }),
      queueName: () => undefined,
    },
    flows: { byNumber: (number) => (number === '4000' ? flow : undefined), byId: () => flow },
    prompts: await openPromptLibrary({ folder: prompts, switchFolder: prompts, log: silentLogger }),
    lookup: { ask: async () => ({ kind: 'failed', reason: 'network' }) },
    lookAtRecording: recordingInfo,
    clock: systemClock,
    log: silentLogger,
    settings: { ...DEFAULT_TIMINGS, switchRecordingsDir: folder, recordingsDir: folder, ownNumber: '4000' },
  });
  const domain = await openRoutingDomain({
    domain: 'voice-test',
    nodeName: 'test',
    database,
    engines: {
      create: () => engineOf(createEngine(configuration, { seed: 1 })),
      check: () => [],
      restore: (snapshot) => engineOf(restoreEngine(snapshot)),
    },
    consumers: [voice.consumer],
    logger: silentLogger,
    leaseMs: 10_000,
    reconcile: async () => {
      await voice.recover();
      return {};
    },
  });
  await voice.start(routingOf(domain));
  running = { voice, domain, records, control };
  await until('the link to the switch', () => control.linked);
  return running;
}

async function stopVoice(of: Running): Promise<void> {
  of.voice.close();
  await of.control.close();
  await of.domain.close();
  await of.records.idle();
  of.records.shut();
}

async function until<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const endMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen) return seen as NonNullable<T>;
    if (Date.now() > endMs) expect.fail(`${what} did not come about in time`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function phone(user: string, toneHz: number): Promise<ScriptedPhone> {
  const made = await ScriptedPhone.start({
    user,
    toneHz,
    ...(user === 'caller'
      ? { server: `127.0.0.1:${softswitch.ports.trunk}` }
      : { server: `127.0.0.1:${softswitch.ports.agents}`, password: 'secret', domain: 'tandem.local' }),
  });
  phones.push(made);
  if (user !== 'caller') await made.register();
  return made;
}

/** Keys count once the menu is being said. */
async function menuIsHeard(of: Running, contactId: string): Promise<void> {
  await until('the menu', () => (of.voice.live.callerView(contactId)?.choices.length ?? 0) > 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
}

/** Caller and anna talk. */
async function conversation(
  of: Running,
): Promise<{ caller: PhoneCall; agent: PhoneCall; contactId: string; anna: ScriptedPhone }> {
  const anna = await phone('anna', TONES.anna);
  const callerPhone = await phone('caller', TONES.caller);
  await of.domain.submit({ type: 'agent-signed-in', agentId: 'anna', status: 'available' });
  const caller = await callerPhone.call('4000');
  await caller.answered;
  const contactId = await until('the contact', () => of.voice.live.liveContacts()[0]?.contactId);
  await menuIsHeard(of, contactId);
  caller.sendDigits('1');
  const agent = await anna.nextCall(PATIENCE_MS);
  expect(agent.invitedWith('x-tandem-contact')).toBe(contactId);
  await caller.untilHears(TONES.anna, PATIENCE_MS);
  await agent.untilHears(TONES.caller, PATIENCE_MS);
  await until('talking', () => of.voice.live.deskContacts('anna')[0]?.recording === 'on');
  return { caller, agent, contactId, anna };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tandem-voice-'));
  database = await openPglite({});
  await migrate(database);
  softswitch = await startSoftswitch(
    softswitchSettings.parse({
      eventSocket: { port: 0, password: PASSWORD },
      sip: { trunk: { port: 0 }, agents: { port: 0 } },
      rtpPorts: [43_000, 43_998],
      directory: { users: ['anna', 'bo'].map((name) => ({ name, password: 'secret' })) },
      recordingsDir: folder,
      logLevel: 'silent',
    }),
    silentLogger,
  );
});

afterEach(async () => {
  for (const one of phones.splice(0)) {
    await one.hangUpAll();
    await one.close();
  }
  if (running) {
    const { voice, domain } = running;
    await domain.submit({ type: 'agent-forced', agentId: 'anna', to: 'offline', assignments: 'end' });
    await domain.submit({ type: 'agent-signed-out', agentId: 'anna' });
    await until('the end of all calls', () => voice.live.liveContacts().length === 0);
    await stopVoice(running);
  }
  running = undefined;
});

afterAll(async () => {
  await softswitch?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

it('carries a call from the trunk through menu and queue to an agent and writes down what happened', async () => {
  const of = await startVoice();
  const { caller, agent, contactId } = await conversation(of);
  expect(await of.voice.command({ kind: 'hold', contactId, agentId: 'anna' })).toEqual({ kind: 'done' });
  await caller.untilLoses(TONES.anna, PATIENCE_MS);
  expect(await of.voice.command({ kind: 'unhold', contactId, agentId: 'anna' })).toEqual({ kind: 'done' });
  await caller.untilHears(TONES.anna, PATIENCE_MS);
  await caller.hangUp();
  await agent.ended;
  await until('wrap-up', () => of.voice.live.deskContacts('anna')[0]?.state === 'wrap-up');
  await of.voice.command({ kind: 'wrap-up', contactId, agentId: 'anna', notes: 'sold two', done: true });
  await until('the end', () => of.voice.live.liveContacts().length === 0);
  await of.records.idle();
  const contact = await findContact(database, contactId);
  expect(contact).toMatchObject({ outcome: 'answered', endCause: 'caller-hung-up', notes: 'sold two', flowId: 'main' });
  expect(contact?.closedAtMs).toBeTypeOf('number');
  const segments = await segmentsOf(database, contactId);
  expect(segments.map((segment) => segment.kind)).toEqual(['flow', 'queue', 'agent']);
  const sum = segments.reduce(
    (all, one) => all + one.flowMs + one.waitMs + one.ringMs + one.talkMs + one.holdMs + one.wrapUpMs,
    0,
  );
  expect(sum).toBe((contact?.closedAtMs ?? 0) - (contact?.startedAtMs ?? 0));
  expect(segments[2]?.holdMs).toBeGreaterThan(0);
  expect(segments[2]?.talkMs).toBeGreaterThan(0);
  const [recording] = await recordingsOf(database, contactId);
  expect(recording).toMatchObject({ state: 'stored', kind: 'conversation' });
  expect(recording?.durationMs).toBeGreaterThan(0);
  const kinds = (await contactEvents(database, contactId)).map((event) => event.kind);
  expect(kinds).toEqual(expect.arrayContaining(['path', 'recording-stored']));
});

it('goes on with a conversation after its process died', async () => {
  const first = await startVoice();
  const { caller, agent, contactId } = await conversation(first);
  await first.records.idle();
  await stopVoice(first);
  const second = await startVoice();
  await until('the conversation', () => second.voice.live.deskContacts('anna')[0]?.state === 'talking');
  expect(second.voice.live.deskContacts('anna')).toMatchObject([{ contactId, recording: 'on' }]);
  await caller.untilHears(TONES.anna, PATIENCE_MS);
  await agent.hangUp();
  await caller.ended;
  await until('wrap-up', () => second.voice.live.deskContacts('anna')[0]?.state === 'wrap-up');
  await second.voice.command({ kind: 'wrap-up', contactId, agentId: 'anna', done: true });
  await until('the end', () => second.voice.live.liveContacts().length === 0);
  await second.records.idle();
  expect(await findContact(database, contactId)).toMatchObject({ outcome: 'answered', endCause: 'agent-hung-up' });
  expect(await recordingsOf(database, contactId)).toMatchObject([{ state: 'stored' }]);
});

it('brings the call back to an agent whose phone comes back as another one', async () => {
  const of = await startVoice();
  const { caller, agent, contactId, anna } = await conversation(of);
  agent.vanish();
  of.voice.phoneExpected('anna');
  const fresh = await phone('anna', TONES.bo);
  const again = await fresh.nextCall(PATIENCE_MS);
  expect(again.invitedWith('x-tandem-reattach')).toBe('1');
  expect(again.invitedWith('x-tandem-contact')).toBe(contactId);
  await caller.untilHears(TONES.bo, PATIENCE_MS);
  await again.untilHears(TONES.caller, PATIENCE_MS);
  await until('talking', () => of.voice.live.deskContacts('anna')[0]?.recording === 'on');
  await caller.hangUp();
  await again.ended;
  await anna.hangUpAll();
});

it('keeps a message, also when the caller says nothing', async () => {
  const of = await startVoice();
  const callerPhone = await phone('caller', 0);
  const caller = await callerPhone.call('4000');
  await caller.answered;
  const contactId = await until('the contact', () => of.voice.live.liveContacts()[0]?.contactId);
  await menuIsHeard(of, contactId);
  caller.sendDigits('2');
  await until('the recording', () => of.voice.live.callerView(contactId)?.phase === 'voicemail');
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  caller.sendDigits('#');
  await caller.ended;
  await until('the end', () => of.voice.live.liveContacts().length === 0);
  await of.records.idle();
  expect(await findContact(database, contactId)).toMatchObject({ outcome: 'voicemail' });
  expect(await recordingsOf(database, contactId)).toMatchObject([{ kind: 'voicemail', state: 'stored' }]);
  expect((await listContacts(database, { open: true })).contacts).toEqual([]);
});
