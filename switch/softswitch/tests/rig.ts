import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../config/logger.ts';
import { type Softswitch, type SoftswitchSettingsInput, softswitchSettings, startSoftswitch } from '../index.ts';
import { BaresipPhone } from './baresip.ts';
import { RawClient } from './raw-client.ts';

/** As long as the recorded prompt. */
const PROMPT_SEC = 7.5;
/** baresip hangs up when its file ends, so this one outlasts every test. */
const PHONE_SEC = 120;
const RATE = 8000;

/** A WAV file with a tone. */
function toneWav(seconds: number): Buffer {
  const samples = RATE * seconds;
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    wav.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 300 * i) / RATE)), 44 + i * 2);
  }
  return wav;
}

/** The embedded switch with real phones around it: a caller, and two agents' phones that answer by themselves. */
export interface Rig {
  readonly softswitch: Softswitch;
  readonly folder: string;
  readonly soundFile: string;
  readonly caller: BaresipPhone;
  readonly agents: readonly BaresipPhone[];
  close(): Promise<void>;
}

/** Settings of a switch for tests: free ports, two users. */
export function testSettings(more: Partial<SoftswitchSettingsInput> = {}) {
  return softswitchSettings.parse({
    hostname: 'vm',
    eventSocket: { port: 0, password: 'ClueCon' },
    sip: { trunk: { port: 0 }, agents: { port: 0 } },
    rtpPorts: [41_000, 41_998],
    limits: { maxSessions: 5000, sessionsPerSecond: 500 },
    directory: {
      users: [
        { name: '1001', password: 'pw1001' },
        { name: '1002', password: 'pw1002' },
      ],
    },
    logLevel: 'silent',
    ...more,
  });
}

/** Starts everything and waits until both agents are registered. */
export async function startRig(): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'softswitch-'));
  const soundFile = join(folder, 'say8k.wav');
  await writeFile(soundFile, toneWav(PROMPT_SEC));
  const phoneFile = join(folder, 'phone.wav');
  await writeFile(phoneFile, toneWav(PHONE_SEC));
  const softswitch = await startSoftswitch(testSettings(), silentLogger);
  const { trunk, agents: agentsPort } = softswitch.ports;
  const caller = await BaresipPhone.start({
    account: `<sip:caller@127.0.0.1:${trunk}>;regint=0;audio_codecs=pcmu/8000/1`,
    sipPort: 15_200,
    controlPort: 15_205,
    rtpPorts: [40_000, 40_098],
    soundFile: phoneFile,
  });
  const agents = await Promise.all(
    [1001, 1002].map((user, index) =>
      BaresipPhone.start({
        account:
          `<sip:${user}@tandem.local>;auth_pass=pw${user};outbound="sip:127.0.0.1:${agentsPort}";` +
          'regint=60;answermode=auto;audio_codecs=pcmu/8000/1',
        sipPort: 15_210 + index * 10,
        controlPort: 15_215 + index * 10,
        rtpPorts: [40_100 + index * 100, 40_198 + index * 100],
        soundFile: phoneFile,
      }),
    ),
  );
  const rig: Rig = {
    softswitch,
    folder,
    soundFile,
    caller,
    agents,
    async close() {
      await Promise.all([caller.stop(), ...agents.map((phone) => phone.stop())]);
      await softswitch.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await untilRegistered(softswitch.ports.eventSocket);
  return rig;
}

async function untilRegistered(port: number): Promise<void> {
  const client = new RawClient(port);
  await client.ask('auth ClueCon');
  for (let i = 0; i < 100; i++) {
    const contacts = await Promise.all([client.api('sofia_contact 1001'), client.api('sofia_contact 1002')]);
    if (contacts.every((contact) => contact.startsWith('sofia/'))) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  client.close();
}
