import { silentLogger } from '../../config/logger.ts';
import { type Softswitch, softswitchSettings, startSoftswitch } from '../../switch/softswitch/index.ts';
import type { SwitchUnderTest } from './event-socket-rig.ts';

/** The embedded switch on free ports, with two users. Who starts it closes it. */
export async function softswitchUnderTest(): Promise<{ softswitch: Softswitch; target: SwitchUnderTest }> {
  const settings = softswitchSettings.parse({
    eventSocket: { port: 0, password: 'contract' },
    sip: { trunk: { port: 0 }, agents: { port: 0 } },
    rtpPorts: [42_000, 42_998],
    directory: {
      users: [
        { name: '1001', password: 'pw1001' },
        { name: '1002', password: 'pw1002' },
      ],
    },
    logLevel: 'silent',
  });
  const softswitch = await startSoftswitch(settings, silentLogger);
  const { eventSocket, trunk, agents } = softswitch.ports;
  const target: SwitchUnderTest = {
    host: '127.0.0.1',
    port: eventSocket,
    password: 'contract',
    trunkAddress: `127.0.0.1:${trunk}`,
    agentsAddress: `127.0.0.1:${agents}`,
    domain: 'tandem.local',
    agents: ['1001:pw1001', '1002:pw1002'],
  };
  return { softswitch, target };
}
