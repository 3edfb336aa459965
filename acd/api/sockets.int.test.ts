import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SESSION_IDLE_MS } from '../access/index.ts';
import type { Desk, Floor } from './contract/index.ts';
import { createRig, type Rig, until, WATCHER } from './testing/rig.ts';
import type { Visitor } from './testing/visitor.ts';

let rig: Rig;
let wang: Visitor;
let li: Visitor;
let chen: Visitor;
beforeAll(async () => {
  rig = await createRig();
  wang = await rig.onShift('wang');
  li = await rig.signedIn('li');
  chen = await rig.signedIn('chen');
});
afterAll(() => rig?.close());

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

function listen<T>(visitor: Visitor, event: 'desk' | 'floor' | 'caller', auth: Record<string, unknown> = {}) {
  const socket = visitor.socket({ desk: '/', floor: '/floor', caller: '/caller' }[event], auth);
  open.push(socket);
  const heard: T[] = [];
  socket.on(event, (view: T) => heard.push(view));
  return { socket, heard };
}

async function refusalOf(socket: Socket): Promise<string> {
  open.push(socket);
  return new Promise((resolve, reject) => {
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) =>
      resolve(error.data?.code ?? error.message),
    );
    socket.on('connect', () => reject(new RangeError('connected')));
  });
}

describe('a live connection', () => {
  it('is refused to who is signed out, may not, or comes from another site', async () => {
    expect(await refusalOf(rig.visitor().socket())).toBe('access.signed-out');
    expect(await refusalOf(rig.visitor().socket('/floor'))).toBe('access.signed-out');
    expect(await refusalOf(rig.visitor().socket('/caller', { token: 'guest-1.9999999999999.AAAA' }))).toBe(
      'access.signed-out',
    );
    expect(await refusalOf(wang.socket('/floor'))).toBe('access.forbidden');
    expect(await refusalOf(wang.socket('/', {}, { origin: 'https://evil.example' }))).toMatch(/error/);
  });

  it('gives the whole state at once, then newer ones with rising revisions', async () => {
    const desk = listen<Desk>(wang, 'desk');
    await until('the first desk', () => desk.heard.length > 0);
    expect(desk.heard[0]).toMatchObject({
      agentId: 'wang',
      onShift: true,
      queues: [{ queueId: 'service' }, { queueId: 'sales' }],
    });
    await wang.ask('PUT /status', { body: { status: 'break' } });
    await until('break', () => desk.heard.at(-1)?.status === 'break');
    await wang.ask('PUT /status', { body: { status: 'available' } });
    await until('available', () => desk.heard.at(-1)?.status === 'available');
    const revisions = desk.heard.map((one) => one.revision);
    expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    expect(new Set(revisions).size).toBe(revisions.length);
  });

  it('tells an agent nothing of another agent, and masks numbers for who may not see them', async () => {
    const watcher = await rig.signedIn(WATCHER.username, WATCHER.password);
    const mine = listen<Desk>(wang, 'desk');
    const other = listen<Desk>(li, 'desk');
    const whole = listen<Floor>(chen, 'floor');
    const masked = listen<Floor>(watcher, 'floor');
    const { contactId, legId } = await rig.conversation(wang, '13933334444');
    await until('the call on the floor', () =>
      [whole, masked].every(({ heard }) =>
        heard.at(-1)?.contacts.some((one) => one.contactId === contactId && one.agentId),
      ),
    );
    expect(JSON.stringify(mine.heard)).toContain(contactId);
    expect(JSON.stringify(mine.heard)).not.toContain('3333');
    expect(JSON.stringify(other.heard)).not.toContain(contactId);
    expect(other.heard.every((desk) => desk.agentId === 'li')).toBe(true);
    expect(JSON.stringify(whole.heard)).toContain('13933334444');
    expect(JSON.stringify(masked.heard)).not.toContain('3333');
    rig.control.phoneEnds(legId);
  });

  it('shows a caller page its own call and no other', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(async () => (await rig.visitor().ask('POST /caller-sessions', { body: {} })).body),
    );
    const first = listen<{ phase: string; choices: unknown[] }>(rig.visitor(), 'caller', { token: one.token });
    const second = listen<{ phase: string }>(rig.visitor(), 'caller', { token: two.token });
    await until('both', () => first.heard.length > 0 && second.heard.length > 0);
    const legId = rig.control.callIn({
      callerNumber: one.phone.user,
      dialedNumber: one.number,
      fromUser: one.phone.user,
    });
    await until('the menu', () => first.heard.at(-1)?.choices.length);
    rig.control.phoneEnds(legId);
    await until('the end', () => first.heard.at(-1)?.phase === 'ended');
    expect(second.heard.map((view) => view.phase)).toEqual(['calling']);
  });
});

describe('a session that ends', () => {
  const reasonOf = (socket: Socket) =>
    new Promise<string[]>((resolve) => {
      const said: string[] = [];
      socket.on('signed-out', (why: string) => said.push(why));
      socket.on('disconnect', () => resolve(said));
    });

  it('closes its pages on sign-out, and no others', async () => {
    const here = await rig.signedIn('li');
    const elsewhere = listen<Desk>(li, 'desk');
    const page = listen<Desk>(here, 'desk');
    await until('both', () => elsewhere.heard.length > 0 && page.heard.length > 0);
    const gone = reasonOf(page.socket);
    await here.ask('DELETE /session');
    expect(await gone).toEqual(['signed-out']);
    expect(elsewhere.socket.connected).toBe(true);
  });

  it('closes all pages of somebody who is disabled or gets a new password', async () => {
    const admin = await rig.signedIn('admin');
    const { items } = (await admin.ask('GET /users')).body;
    const { userId } = items.find((user: { username: string }) => user.username === WATCHER.username);
    const watcher = await rig.signedIn(WATCHER.username, WATCHER.password);
    const page = listen<Floor>(watcher, 'floor');
    await until('the floor', () => page.heard.length > 0);
    const gone = reasonOf(page.socket);
    await admin.ask(`PUT /users/${userId}/password`, { body: { password: 'another-password' } });
    expect(await gone).toEqual(['signed-out']);
    expect((await watcher.ask('GET /session')).status).toBe(401);
  });
});

describe('forged and slow', () => {
  it('does no harm with what it sends', async () => {
    const desk = listen<Desk>(wang, 'desk');
    await until('the desk', () => desk.heard.length > 0);
    desk.socket.emit('ping', 'not a function');
    desk.socket.emit('ping');
    desk.socket.emit('desk', { agentId: 'li' });
    desk.socket.emit('__proto__', { polluted: true });
    const answered = await new Promise<string>((resolve) => desk.socket.emit('ping', () => resolve('answered')));
    expect(answered).toBe('answered');
    const fresh = listen<Desk>(wang, 'desk');
    expect((await until('a desk', () => fresh.heard[0])).agentId).toBe('wang');
  });

  it('is let go when it says too much at once, or something too large', async () => {
    for (const flood of [
      (socket: Socket) => {
        for (let i = 0; i < 200; i++) socket.emit('ping', i);
      },
      (socket: Socket) => socket.emit('ping', 'x'.repeat(20_000)),
    ]) {
      const desk = listen<Desk>(wang, 'desk');
      await until('the desk', () => desk.heard.length > 0);
      flood(desk.socket);
      await until('the end', () => !desk.socket.connected);
    }
    expect((await wang.ask('GET /desk')).status).toBe(200);
  });

  it('has at most twenty pages a session', async () => {
    const visitor = await rig.signedIn('chen');
    const pages = Array.from({ length: 25 }, () => listen<Floor>(visitor, 'floor'));
    await until(
      'all settled',
      () => pages.filter(({ socket, heard }) => socket.connected && heard.length > 0).length === 20,
    );
    await until('five let go', () => pages.filter(({ socket }) => socket.disconnected).length === 5);
  });
});

describe('an old session', () => {
  it('cannot open a new page', async () => {
    const old = await rig.signedIn('li');
    rig.clock.jump(SESSION_IDLE_MS + 60_000);
    expect(await refusalOf(old.socket())).toBe('access.signed-out');
  });
});
