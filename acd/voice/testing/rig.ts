import { ManualClock } from '../../../config/clock.ts';
import { type Logger, silentLogger } from '../../../config/logger.ts';
import type { LegId } from '../../../switch/index.ts';
import type { Configuration } from '../../engine/index.ts';
import { checkFlow, type Flow, type PromptLibrary } from '../../flows/index.ts';
import { DEFAULT_TIMINGS } from '../settings.ts';
import { createVoice, type Voice } from '../voice.ts';
import { FakeCallControl } from './fake-call-control.ts';
import { type FakeRecords, fakeRecords } from './fake-records.ts';
import { type FakeRouting, fakeRouting } from './fake-routing.ts';
import { severable } from './severable.ts';

const START_MS = Date.UTC(2026, 10, 23, 2, 0, 0);
export const NUMBER = '4000';

/** A flow with everything that tests of voice pass through: a menu, two queues, voicemail and an outside number. */
export const TEST_FLOW = {
  flowId: 'main',
  name: { 'zh-CN': '测试', en: 'Test' },
  numbers: [NUMBER],
  languages: ['en'],
  language: 'en',
  start: 'greeting',
  nodes: {
    greeting: { kind: 'greeting', say: [{ prompt: 'welcome' }], next: 'menu' },
    menu: {
      kind: 'menu',
      say: [{ prompt: 'main-menu' }],
      choices: {
        1: { label: { 'zh-CN': '销售', en: 'Sales' }, next: 'sales' },
        2: { label: { 'zh-CN': '留言', en: 'Message' }, next: 'message' },
        3: { label: { 'zh-CN': '外线', en: 'Outside' }, next: 'outside' },
      },
      attempts: 2,
      invalid: 'bye',
      noInput: 'bye',
    },
    sales: {
      kind: 'queue',
      queueId: 'sales',
      say: [{ prompt: 'please-wait' }],
      announce: { everyMs: 20_000 },
      voicemail: { digit: '2', next: 'message' },
      callback: { digit: '1', say: [{ prompt: 'callback-offer' }], next: 'thanks' },
      ways: { busy: 'busy' },
      otherwise: 'bye',
    },
    message: { kind: 'voicemail', maxMs: 10_000, next: 'thanks' },
    thanks: { kind: 'hang-up', say: [{ prompt: 'goodbye' }] },
    outside: { kind: 'transfer', target: { kind: 'number', number: '10086' }, ringTimeoutMs: 5_000, failed: 'bye' },
    busy: { kind: 'hang-up', say: [{ prompt: 'system-busy' }], outcome: 'withdrawn' },
    bye: { kind: 'hang-up', say: [{ prompt: 'goodbye' }], outcome: 'closed' },
  },
};

export const CONFIGURATION: Configuration = {
  version: 1,
  queues: [
    {
      id: 'sales',
      offerTimeoutMs: { voice: 15_000 },
      wrapUpMs: { voice: 30_000 },
      callback: { attempts: 2, gapMs: 60_000, dialTimeoutMs: 20_000, leadMs: 30_000, duplicates: 'refuse' },
    },
    { id: 'service', offerTimeoutMs: { voice: 15_000 }, wrapUpMs: { voice: 30_000 } },
  ],
  agents: ['anna', 'bo', 'chief'].map((id) => ({ id, queues: id === 'chief' ? [] : [{ queueId: 'sales' }] })),
  refusalDelays: { noAnswerMs: 5_000, busyMs: 5_000, declinedMs: 5_000, failedMs: 5_000, noAnswerLimit: 0 },
};

/** A logged line, for tests that want the reason of a repair. */
export interface LogLine {
  readonly level: string;
  readonly text: string;
  readonly fields: Record<string, unknown>;
}

function logInto(lines: LogLine[]): Logger {
  const put = (level: string) => (fields: unknown, text?: string) =>
    void lines.push({ level, text: text ?? '', fields: fields as Record<string, unknown> });
  const log = { ...silentLogger, debug: put('debug'), info: put('info'), warn: put('warn'), error: put('error') };
  return { ...log, fatal: put('fatal'), child: () => logInto(lines) } as unknown as Logger;
}

export interface Rig {
  readonly clock: ManualClock;
  readonly control: FakeCallControl;
  readonly routing: FakeRouting;
  readonly records: FakeRecords;
  readonly voice: Voice;
  readonly lines: LogLine[];
  /** Lets everything that is under way finish, without time going by. */
  settle(): Promise<void>;
  /** Lets time go by in small steps, so that what follows from one thing happens before the next is due. */
  pass(ms: number): Promise<void>;
  signIn(agentId: string): Promise<void>;
  /** A caller who has chosen sales and waits; the leg of their phone. */
  callerInQueue(callerNumber?: string): Promise<LegId>;
  /** A caller who talks to anna. */
  conversation(): Promise<{ callerLegId: LegId; contactId: string }>;
  contactOf(legId: LegId): string;
  saidTo(legId: LegId): readonly string[];
  /** What a dead process held; `restart` cuts them too. */
  readonly severed: readonly { cut(): void }[];
  /** A second process on the same database, journal and switch. The first one is dead. */
  restart(): Promise<Rig>;
}

export interface RigParts {
  readonly clock: ManualClock;
  readonly control: FakeCallControl;
  readonly routing: FakeRouting;
  readonly records: FakeRecords;
}

export interface RigOptions {
  readonly flow?: unknown;
  readonly configuration?: Configuration;
  readonly promptsMissing?: boolean;
  readonly parts?: RigParts;
}

/** Voice on the real engine, with a switch, records and prompts in memory and time in the test's hands. */
export async function createRig(options: RigOptions = {}): Promise<Rig> {
  const clock = options.parts?.clock ?? new ManualClock(START_MS);
  const control = options.parts?.control ?? new FakeCallControl({ clock });
  const routing = options.parts?.routing ?? fakeRouting(clock, options.configuration ?? CONFIGURATION);
  const records = options.parts?.records ?? fakeRecords();
  const lines: LogLine[] = [];
  const flow = flowOf(options.flow ?? TEST_FLOW);
  const prompts: PromptLibrary = {
    promptIds: new Set(),
    soundOf: async (sentence) =>
      options.promptsMissing || !('prompt' in sentence)
        ? undefined
        : { kind: 'file', path: `/p/${sentence.prompt}.wav` },
  };
  const switchLine = severable(control);
  const recordsLine = severable(records);
  const routingLine = severable(routing);
  const voice = createVoice({
    controls: [switchLine.it],
    records: recordsLine.it,
    directory: {
      agent: (agentId) =>
        agentId === 'stranger' ? undefined : { agentId, displayName: agentId, phoneUser: `phone-${agentId}` },
      agentByPhone: (user) => ({ agentId: user.replace('phone-', ''), displayName: user, phoneUser: user }),
      queueName: (queueId) => ({ 'zh-CN': queueId, en: queueId }),
    },
    flows: {
      byNumber: (number) => (flow.numbers.includes(number) ? flow : undefined),
      byId: (flowId) => (flowId === flow.flowId ? flow : undefined),
    },
    prompts,
    lookup: { ask: async () => ({ kind: 'failed', reason: 'network' }) },
    lookAtRecording: async () => ({ kind: 'complete', durationMs: 3_600_000, sizeBytes: 1_000 }),
    makeFolder: async () => {},
    clock,
    log: logInto(lines),
    settings: { ...DEFAULT_TIMINGS, switchRecordingsDir: '/rec', recordingsDir: '/rec', ownNumber: '4000' },
  });
  routing.consumer = voice.consumer;
  const settle = async () => {
    for (let turn = 0; turn < 12; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  };
  const pass = async (ms: number) => {
    await settle();
    for (let left = ms; left > 0; left -= 250) {
      clock.advance(Math.min(250, left));
      await settle();
    }
  };
  await voice.recover();
  await voice.start(routingLine.it);
  await settle();
  const rig: Rig = {
    clock,
    control,
    routing,
    records,
    voice,
    lines,
    severed: [switchLine, recordsLine, routingLine],
    settle,
    pass,
    async signIn(agentId) {
      control.setPhone(`phone-${agentId}`, { does: 'answer', afterMs: 1_000 });
      await routing.submit({ type: 'agent-signed-in', agentId, status: 'available' });
      await settle();
    },
    async callerInQueue(callerNumber = '13800001234') {
      const legId = control.callIn({ callerNumber, dialedNumber: NUMBER });
      await pass(2_000);
      control.press(legId, '1');
      await settle();
      return legId;
    },
    async conversation() {
      await rig.signIn('anna');
      const callerLegId = await rig.callerInQueue();
      await pass(2_000);
      return { callerLegId, contactId: rig.contactOf(callerLegId) };
    },
    contactOf: (legId) => control.legs.get(legId)?.contactId ?? '',
    saidTo: (legId) =>
      (control.legs.get(legId)?.heard ?? []).map((sound) =>
        sound.kind === 'file' ? sound.path.replace(/^\/p\/|\.wav$/g, '') : sound.kind,
      ),
    async restart() {
      for (const line of rig.severed) line.cut();
      routing.consumer = undefined;
      voice.close();
      return createRig({ ...options, parts: { clock, control, routing, records } });
    },
  };
  return rig;
}

function flowOf(input: unknown): Flow {
  const check = checkFlow(input);
  if (check.kind === 'valid') return check.flow;
  throw new TypeError(check.problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'));
}
