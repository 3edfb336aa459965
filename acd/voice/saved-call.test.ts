import { expect, it } from 'vitest';
import { type Call, newCall } from './call.ts';
import type { VoiceRoom } from './room.ts';
import { saveCall } from './saved-call.ts';

it('what is saved is the call as it was then: it never says more than the records before it', () => {
  const pictures: (() => unknown)[] = [];
  const room = {
    records: { save: (_contactId: string, picture: () => unknown) => pictures.push(picture) },
  } as unknown as VoiceRoom;
  const agent = { agentId: 'anna', phoneUser: '1', queueId: 'q', legId: 'leg', sinceMs: 1, connectedAtMs: undefined };
  const call = newCall({ contactId: 'c', callerNumber: '1', startedAtMs: 1 } as unknown as Call);
  call.agent = { ...agent, heldSinceMs: undefined, phoneChanged: false, reattaching: false };
  saveCall(room, call);
  call.stage = 'talking';
  call.agent.connectedAtMs = 5;
  expect(pictures[0]?.()).toMatchObject({ stage: 'flow', agent: { agentId: 'anna', connectedAtMs: undefined } });
});
