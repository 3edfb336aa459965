import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { DialTarget, OriginateRequest } from '../port.ts';
import { contractCase, type Scene } from './scene.ts';

function request(target: DialTarget, more: Partial<OriginateRequest> = {}): OriginateRequest {
  return { legId: randomUUID(), target, ringTimeoutMs: 10_000, callerNumber: '4000', ...more };
}

function toAgent(scene: Scene, more: Partial<OriginateRequest> = {}): OriginateRequest {
  return request({ kind: 'phone', user: scene.rig.agent.user }, more);
}

export const ringCases = [
  contractCase('a phone rings with who calls and what it is about, and answers', async (scene) => {
    const { control, rig } = scene;
    rig.agent.onCall = { kind: 'ring' };
    const wish = toAgent(scene, {
      callerName: 'Zhang, Wei "A"',
      contactId: 'contact-5',
      role: 'agent',
      headers: { 'X-Contact-Id': 'contact-5' },
    });
    const outcome = control.originate(wish);
    const call = await rig.agent.nextCall(rig.patienceMs);
    await scene.until('ringing', (event) => event.legId === wish.legId);
    expect(call.invitedWith('X-Contact-Id')).toBe('contact-5');
    expect(call.invitedWith('From')).toContain('4000');
    expect(call.invitedWith('From')).toContain('Zhang');
    call.answer();
    expect(await scene.soon(outcome)).toEqual({ kind: 'answered', legId: wish.legId });
    await scene.until('answered', (event) => event.legId === wish.legId);
    await scene.until('parked', (event) => event.legId === wish.legId);
    const leg = (await control.listLegs()).find((one) => one.legId === wish.legId);
    expect(leg).toMatchObject({ direction: 'outbound', answered: true, contactId: 'contact-5', role: 'agent' });
  }),

  contractCase('a reloaded page is rung, not the page before', async (scene) => {
    const { control, rig } = scene;
    const anew = await rig.agentAnew();
    const wish = toAgent(scene);
    const outcome = control.originate(wish);
    const call = await anew.nextCall(rig.patienceMs);
    expect(await scene.soon(outcome)).toEqual({ kind: 'answered', legId: wish.legId });
    const leg = (await control.listLegs()).find((one) => one.legId === wish.legId);
    expect(leg?.answered).toBe(true);
    await call.hangUp();
    await scene.expectHungUp(wish.legId, 'normal');
  }),

  contractCase('a busy phone is busy', async (scene) => {
    scene.rig.agent.onCall = { kind: 'reject', status: 486 };
    const wish = toAgent(scene);
    expect(await scene.soon(scene.control.originate(wish))).toEqual({ kind: 'busy' });
    await scene.expectHungUp(wish.legId, 'busy');
  }),

  contractCase('a phone that declines rejects', async (scene) => {
    scene.rig.agent.onCall = { kind: 'reject', status: 603 };
    expect(await scene.soon(scene.control.originate(toAgent(scene)))).toEqual({ kind: 'rejected' });
  }),

  contractCase('a phone that nobody takes up does not answer', async (scene) => {
    scene.rig.agent.onCall = { kind: 'ring' };
    const outcome = scene.control.originate(toAgent(scene, { ringTimeoutMs: 1500 }));
    const call = await scene.rig.agent.nextCall(scene.rig.patienceMs);
    expect(await scene.soon(outcome)).toEqual({ kind: 'no-answer' });
    expect((await scene.soon(call.ended, 'the ringing')).status).toBe(487);
  }),

  contractCase('a phone that is dead does not answer', async (scene) => {
    scene.rig.agent.onCall = { kind: 'ignore' };
    expect(await scene.soon(scene.control.originate(toAgent(scene, { ringTimeoutMs: 1500 })))).toEqual({
      kind: 'no-answer',
    });
  }),

  contractCase('a user without a phone is unregistered, at once', async (scene) => {
    const wish = request({ kind: 'phone', user: scene.rig.absentUser }, { ringTimeoutMs: 60_000 });
    expect(await scene.soon(scene.control.originate(wish))).toEqual({ kind: 'unregistered' });
  }),

  contractCase('a ringing phone can be cancelled, also twice', async (scene) => {
    const { control, rig } = scene;
    rig.agent.onCall = { kind: 'ring' };
    const wish = toAgent(scene);
    const outcome = control.originate(wish);
    const call = await rig.agent.nextCall(rig.patienceMs);
    await scene.until('ringing', (event) => event.legId === wish.legId);
    expect(await control.hangUp(wish.legId, 'cancelled')).toEqual({ kind: 'done' });
    await control.hangUp(wish.legId, 'cancelled');
    expect(await scene.soon(outcome)).toEqual({ kind: 'cancelled' });
    expect((await scene.soon(call.ended, 'the ringing')).status).toBe(487);
  }),

  contractCase('a ring that is cancelled in the same breath does not stay', async (scene) => {
    const { control, rig } = scene;
    rig.agent.onCall = { kind: 'ring' };
    const wish = toAgent(scene);
    const outcome = control.originate(wish);
    await control.hangUp(wish.legId, 'cancelled');
    expect(await scene.soon(outcome)).toEqual({ kind: 'cancelled' });
    expect((await control.listLegs()).some((leg) => leg.legId === wish.legId)).toBe(false);
  }),

  contractCase('an address outside is dialled as it is', async (scene) => {
    const { control, rig } = scene;
    const wish = request({ kind: 'sip-uri', uri: rig.outside.contact });
    const outcome = control.originate(wish);
    const call = await rig.outside.nextCall(rig.patienceMs);
    expect(await scene.soon(outcome)).toEqual({ kind: 'answered', legId: wish.legId });
    await call.hangUp();
    await scene.expectHungUp(wish.legId, 'normal');
  }),

  contractCase('an outside that refuses for another reason failed', async (scene) => {
    const { control, rig } = scene;
    rig.outside.onCall = { kind: 'reject', status: 404 };
    const outcome = await scene.soon(control.originate(request({ kind: 'sip-uri', uri: rig.outside.contact })));
    expect(outcome.kind).toBe('failed');
    expect(outcome.kind === 'failed' && outcome.rawCause).toMatch(/./);
  }),
];
