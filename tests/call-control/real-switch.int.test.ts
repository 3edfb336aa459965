import { it } from 'vitest';
import { callControlContract } from '../../switch/call-control/contract.ts';
import { eventSocketRig, switchFromEnvironment } from './event-socket-rig.ts';

const target = switchFromEnvironment(process.env);

if (target) callControlContract(`the event socket at ${target.host}:${target.port}`, () => eventSocketRig(target));
else it('is asked for with TEST_EVENT_SOCKET; see README.md here', () => undefined);
