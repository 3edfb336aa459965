import { beforeEach, describe, expect, it } from 'vitest';
import { fakeSession, fakeSwitch } from '../../tests/phone/fake-line.ts';
import {
  answerCall,
  createPhone,
  forgetEndedCalls,
  hangUpCall,
  leavePhone,
  type Phone,
  renewPhone,
  setMuted,
  startPhone,
  stopPhone,
} from './index.ts';

const KEY = 'key-1';
const RING = { 'X-Tandem-Contact': KEY };
const BACK = { ...RING, 'X-Tandem-Reattach': '1' };

let world: ReturnType<typeof fakeSwitch>;
let phone: Phone;
const line = () => phone.store.getState().line;
const calls = () => phone.store.getState().calls.map(({ key, state }) => `${key} ${state}`);

beforeEach(async () => {
  world = fakeSwitch();
  phone = createPhone(world.ports);
  await startPhone(phone);
  world.register();
});

async function talk() {
  const call = fakeSession('one');
  await world.invite(call, RING);
  await answerCall(phone, KEY);
  call.confirm();
  return call;
}

describe('the line', () => {
  it('is ready once the switch took the registration', () => {
    expect(line()).toBe('ready');
  });
  it('reconnects with new credentials when the registration is refused, and later each time', async () => {
    world.lines.at(-1)?.tell('registrationFailed');
    expect(line()).toBe('reconnecting');
    await world.pass(300);
    expect(world.state.asked).toBe(2);
    world.lines.at(-1)?.tell('registrationFailed');
    await world.pass(300);
    expect(world.state.asked).toBe(2);
    await world.pass(400);
    expect(world.state.asked).toBe(3);
    world.register();
    expect(line()).toBe('ready');
  });
  it('says so when the server gives no credentials, and goes on trying', async () => {
    world.state.credentials = false;
    await renewPhone(phone);
    expect(line()).toBe('refused');
    world.state.credentials = true;
    await world.pass(300);
    world.register();
    expect(line()).toBe('ready');
  });
  it('throws away a line that does not register in time', async () => {
    await renewPhone(phone);
    const stuck = world.lines.at(-1);
    await world.pass(5_000);
    expect(stuck?.dropped).toBe(true);
    expect(world.lines.length).toBe(3);
  });
  it('does not hear an old line any more', async () => {
    const old = world.lines.at(-1);
    await renewPhone(phone);
    world.register();
    old?.tell('disconnected');
    expect(line()).toBe('ready');
  });
  it('ends for good when stopped', async () => {
    await talk();
    stopPhone(phone);
    stopPhone(phone);
    expect([line(), calls()]).toEqual(['off', []]);
    await world.pass(60_000);
    expect(world.lines.length).toBe(1);
  });
});

describe('a call', () => {
  it('rings, is answered and ends', async () => {
    const call = fakeSession('one');
    await world.invite(call, RING);
    expect(calls()).toEqual([`${KEY} incoming`]);
    await answerCall(phone, KEY);
    expect([call.done, calls()]).toEqual([['answer'], [`${KEY} answering`]]);
    call.confirm();
    expect(calls()).toEqual([`${KEY} up`]);
    call.end();
    await world.settle();
    expect([calls(), world.state.closed]).toEqual([[], 1]);
  });
  it('is answered on arrival when the agent was faster than its INVITE', async () => {
    await answerCall(phone, KEY);
    const call = fakeSession('one');
    await world.invite(call, RING);
    expect(call.done).toEqual(['answer']);
  });
  it('is not answered by an old wish', async () => {
    await answerCall(phone, KEY);
    await world.pass(10_000);
    const call = fakeSession('one');
    await world.invite(call, RING);
    expect(call.done).toEqual([]);
  });
  it('is declined as busy while it rings and ended with a BYE while it runs', async () => {
    const ringing = fakeSession('one');
    await world.invite(ringing, RING);
    hangUpCall(phone, KEY);
    expect(ringing.done).toEqual(['terminate 486']);
    const running = await talk();
    hangUpCall(phone, KEY);
    expect(running.done).toEqual(['answer', 'terminate']);
  });
  it('goes on ringing and says why when the microphone is refused', async () => {
    world.state.microphone = false;
    const call = fakeSession('one');
    await world.invite(call, RING);
    await answerCall(phone, KEY);
    expect([calls(), phone.store.getState().microphoneFault]).toEqual([[`${KEY} incoming`], 'refused']);
    world.state.microphone = true;
    await answerCall(phone, KEY);
    expect([call.done, phone.store.getState().microphoneFault]).toEqual([['answer'], undefined]);
  });
  it('without the contact’s key is refused', async () => {
    const call = fakeSession('one');
    await world.invite(call, {});
    expect([call.done, calls()]).toEqual([['terminate 404'], []]);
  });
  it('of a supervisor’s own leg is answered by itself', async () => {
    const call = fakeSession('one');
    await world.invite(call, { ...RING, 'X-Tandem-Supervise': 'listen' });
    expect(call.done).toEqual(['answer']);
    expect(phone.store.getState().calls[0]?.supervising).toBe(true);
  });
});

describe('a call that loses its sound', () => {
  it('is kept without a BYE, and comes back by itself over a new line', async () => {
    const first = await talk();
    first.media('failed');
    await world.settle();
    expect([first.done, calls(), line()]).toEqual([['answer'], [`${KEY} lost`], 'reconnecting']);
    expect(world.lines[0]?.dropped).toBe(true);
    expect(world.lines[0]?.stopped).toBe(false);
    world.register();
    const second = fakeSession('two');
    await world.invite(second, BACK);
    second.confirm();
    expect([second.done, calls()]).toEqual([['answer'], [`${KEY} up`]]);
  });
  it('waits a little for a path that may recover', async () => {
    const call = await talk();
    call.media('disconnected');
    await world.pass(1_000);
    call.media('connected');
    await world.pass(10_000);
    expect([calls(), world.lines.length]).toEqual([[`${KEY} up`], 1]);
  });
  it('is not torn down when only the WebSocket drops while sound flows', async () => {
    const call = await talk();
    world.lines.at(-1)?.tell('disconnected');
    await world.pass(20_000);
    expect([call.done, calls(), line()]).toEqual([['answer'], [`${KEY} up`], 'reconnecting']);
  });
  it('stays muted when it comes back', async () => {
    const first = await talk();
    setMuted(phone, KEY, true);
    first.media('failed');
    await world.settle();
    world.register();
    const second = fakeSession('two');
    await world.invite(second, BACK);
    expect(second.done).toEqual(['answer', 'mute']);
  });
  it('replaces its old leg when the new one comes while the old still stands', async () => {
    const first = await talk();
    const second = fakeSession('two');
    await world.invite(second, BACK);
    second.confirm();
    expect([first.done, calls()]).toEqual([['answer', 'close'], [`${KEY} up`]]);
  });
  it('is forgotten when the server has it no more', async () => {
    const call = await talk();
    call.media('failed');
    await world.settle();
    forgetEndedCalls(phone, ['other']);
    expect(calls()).toEqual([]);
  });
});

it('another tab takes the phone without ending its call', async () => {
  const call = await talk();
  leavePhone(phone);
  expect(world.lines[0]?.dropped).toBe(true);
  expect(world.lines[0]?.stopped).toBe(false);
  expect([call.done, calls(), line()]).toEqual([['answer'], [], 'off']);
});
