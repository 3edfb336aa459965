import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../config/clock.ts';
import { silentLogger } from '../../config/logger.ts';
import { type CallRig, RIG_TONES } from '../../switch/call-control/contract.ts';
import { type CallEvent, EventSocketCallControl, type LegId } from '../../switch/index.ts';
import { ScriptedPhone } from '../phones/index.ts';
import { LinkProxy } from './link-proxy.ts';
import { stereoSides, toneWave } from './wave.ts';

/** Where a switch under test is, and what it knows. */
export interface SwitchUnderTest {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  /** SIP addresses, `host:port`. */
  readonly trunkAddress: string;
  readonly agentsAddress: string;
  readonly domain: string;
  /** Two users of the agents' profile, each `user:password`. */
  readonly agents: readonly [string, string];
  /** A folder that the switch reads sounds from and writes recordings to; a temporary one when it runs on this machine. */
  readonly folder?: string;
}

/** Reads a switch under test from the environment; undefined when none is named. tests/call-control/README.md lists the names. */
export function switchFromEnvironment(env: NodeJS.ProcessEnv): SwitchUnderTest | undefined {
  const socket = env.TEST_EVENT_SOCKET;
  if (!socket) return undefined;
  const [host = '127.0.0.1', port = '8021', password = 'ClueCon'] = socket.split(':');
  const [first = '1001:pw1001', second = '1002:pw1002'] = (env.TEST_AGENTS ?? '').split(',').filter(Boolean);
  return {
    host,
    port: Number(port),
    password,
    trunkAddress: env.TEST_TRUNK_ADDRESS ?? `${host}:5080`,
    agentsAddress: env.TEST_AGENTS_ADDRESS ?? `${host}:5060`,
    domain: env.TEST_AGENTS_DOMAIN ?? 'tandem.local',
    agents: [first, second],
    ...(env.TEST_SWITCH_FOLDER ? { folder: env.TEST_SWITCH_FOLDER } : {}),
  };
}

/** A rig around a switch that speaks the event socket, with real SIP phones. */
export async function eventSocketRig(target: SwitchUnderTest, patienceMs = 6000): Promise<CallRig> {
  const proxy = await LinkProxy.start(target.host, target.port);
  const control = new EventSocketCallControl({
    host: '127.0.0.1',
    port: proxy.port,
    password: target.password,
    clock: systemClock,
    log: silentLogger,
    linkTimes: { firstRetryMs: 20, maxRetryMs: 100 },
    // Every switch has tones; waiting music is a matter of its configuration.
    layout: { domain: target.domain, musicSource: `tone_stream://%(1000,0,${RIG_TONES.music});loops=-1` },
  });
  const mine = new Set<LegId>();
  const users = new Set<string>();
  control.onEvent((event) => noteLegs(event, mine, users));
  await linkUp(control);

  const phones: ScriptedPhone[] = [];
  const registered: ScriptedPhone[] = [];
  const trunkPhone = async (name: string, toneHz: number): Promise<ScriptedPhone> => {
    const user = `${name}${randomInt(1_000_000)}`;
    users.add(user);
    const phone = await ScriptedPhone.start({ user, server: target.trunkAddress, toneHz });
    phones.push(phone);
    return phone;
  };
  const agentPhone = async (credentials: string, toneHz: number): Promise<ScriptedPhone> => {
    const [user = '', password = ''] = credentials.split(':');
    users.add(user);
    const phone = await ScriptedPhone.start({
      user,
      password,
      domain: target.domain,
      server: target.agentsAddress,
      toneHz,
    });
    phones.push(phone);
    await phone.register();
    registered.push(phone);
    return phone;
  };
  const folder = await mkdtemp(join(target.folder ?? tmpdir(), 'tandem-rig-'));
  let files = 0;

  return {
    control,
    patienceMs,
    caller: await trunkPhone('caller', RIG_TONES.caller),
    outside: await trunkPhone('outside', RIG_TONES.outside),
    agent: await agentPhone(target.agents[0], RIG_TONES.agent),
    second: await agentPhone(target.agents[1], RIG_TONES.second),
    agentAnew: () => agentPhone(target.agents[0], RIG_TONES.agent),
    absentUser: '1999',
    async soundFile(hz, durationMs) {
      const path = join(folder, `welcome, tone ${files++}.wav`);
      await writeFile(path, toneWave(hz, durationMs));
      return path;
    },
    recordingPath: () => join(folder, `call ${files++}.wav`),
    async readRecording(path) {
      const wave = await readFile(path).catch(() => Buffer.alloc(0));
      return stereoSides(wave);
    },
    cutLink: () => proxy.cut(),
    mendLink: () => proxy.mend(),
    async close() {
      await control.close();
      await proxy.close();
      for (const phone of phones) await phone.hangUpAll();
      for (const phone of registered) await phone.register(0).catch(() => undefined);
      await hangUpRest(target, mine);
      for (const phone of phones) await phone.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Legs of this rig: those it rang, and those that came from its phones. Others may use the same switch. */
function noteLegs(event: CallEvent, mine: Set<LegId>, users: ReadonlySet<string>): void {
  if (event.kind === 'arrived' && users.has(event.callerNumber)) mine.add(event.legId);
  if (event.kind === 'ringing' || event.kind === 'bridged') mine.add(event.legId);
  if (event.kind === 'hung-up') mine.delete(event.legId);
}

async function linkUp(control: EventSocketCallControl): Promise<void> {
  if (control.linked) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no link to the switch under test')), 10_000);
    const stop = control.onEvent((event) => {
      if (event.kind !== 'link-restored') return;
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}

async function hangUpRest(target: SwitchUnderTest, legs: ReadonlySet<LegId>): Promise<void> {
  if (legs.size === 0) return;
  const { host, port, password } = target;
  const sweeper = new EventSocketCallControl({ host, port, password, clock: systemClock, log: silentLogger });
  await linkUp(sweeper);
  await Promise.all([...legs].map((legId) => sweeper.hangUp(legId, 'normal').catch(() => undefined)));
  await sweeper.close();
}
