import { afterAll, beforeAll } from 'vitest';
import { callControlContract } from '../../switch/call-control/contract.ts';
import { eventSocketRig } from './event-socket-rig.ts';
import { softswitchUnderTest } from './softswitch-under-test.ts';

let running: Awaited<ReturnType<typeof softswitchUnderTest>>;

beforeAll(async () => {
  running = await softswitchUnderTest();
});

afterAll(() => running.softswitch.close());

callControlContract('the embedded switch', () => eventSocketRig(running.target));
