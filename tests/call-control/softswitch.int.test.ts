import { afterAll, beforeAll } from 'vitest';
import { silentLogger } from '../../config/logger.ts';
import { callControlContract } from '../../switch/call-control/contract.ts';
import { type Softswitch, softswitchSettings, startSoftswitch } from '../../switch/softswitch/index.ts';
import { eventSocketRig } from './event-socket-rig.ts';

let softswitch: Softswitch;

beforeAll(async () => {
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
  softswitch = await startSoftswitch(settings, silentLogger);
});

afterAll(() => softswitch.close());

callControlContract('the embedded switch', () =>
  eventSocketRig({
    host: '127.0.0.1',
    port: softswitch.ports.eventSocket,
    password: 'contract',
    trunkAddress: `127.0.0.1:${softswitch.ports.trunk}`,
    agentsAddress: `127.0.0.1:${softswitch.ports.agents}`,
    domain: 'tandem.local',
    agents: ['1001:pw1001', '1002:pw1002'],
  }),
);
