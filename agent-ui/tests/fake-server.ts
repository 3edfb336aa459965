import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import fileServer from '@fastify/static';
import fastify from 'fastify';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import type { CallerView, Desk, Me, Role } from '../../acd/api/contract/index.ts';
import { type FakeSipPeer, serveSip } from './fake-sip.ts';
import { CALLER_SCENES, CUSTOMER, DIRECTORY, deskOf, floorOf, PHONE_KEY, pastPage, type Scene } from './scenes.ts';

/** A server that answers the contract from scripted scenes, for tests of the pages alone. */
export interface FakeServer {
  readonly url: string;
  /** What pages asked for, in order: `POST /contacts/c-1/hold {…}`. */
  readonly asked: string[];
  /** Shows a scene to every open page; `ringing` sends an INVITE too. */
  show(scene: Scene, change?: Partial<Desk>): void;
  showCaller(view: CallerView): void;
  /** Refuses the next request whose line begins with this. */
  refuse(begin: string): void;
  /** Drops the pages' sockets and refuses new ones until `reachable(true)`. */
  reachable(on: boolean): void;
  phones(): readonly FakeSipPeer[];
  close(): Promise<void>;
}

const USERS: Record<string, { role: Role; displayName: string; agentId?: string }> = {
  wangfang: { role: 'agent', displayName: '王芳', agentId: 'a1' },
  supervisor: { role: 'supervisor', displayName: '刘洋', agentId: 'a6' },
  admin: { role: 'administrator', displayName: 'Admin' },
};

export async function startFakeServer(pages: string, port = 0): Promise<FakeServer> {
  const app = fastify();
  await app.register(cookie);
  await app.register(fileServer, { root: pages });
  const asked: string[] = [];
  const sipPeers = new Set<FakeSipPeer>();
  let scene: Scene = 'before-shift';
  let change: Partial<Desk> = {};
  let revision = 1;
  let refused: string | undefined;
  let reachable = true;
  const address = () => {
    const bound = app.server.address();
    return `127.0.0.1:${typeof bound === 'object' && bound ? bound.port : port}`;
  };
  const desk = (): Desk => ({ ...deskOf(scene, revision, Date.now()), ...change });
  const sockets = new Server(app.server, { pingInterval: 2_000, pingTimeout: 1_500 });
  sockets.use((_socket, next) => next(reachable ? undefined : new Error('away')));
  sockets.on('connection', (socket) => {
    socket.emit('desk', desk());
    socket.on('ping', (answer: () => void) => answer());
  });
  sockets.of('/floor').on('connection', (socket) => {
    socket.emit('floor', floorOf(revision, Date.now()));
    socket.on('ping', (answer: () => void) => answer());
  });
  sockets.of('/caller').on('connection', (socket) => socket.emit('caller', CALLER_SCENES.calling));
  const sip = new WebSocketServer({ noServer: true, handleProtocols: () => 'sip' });
  app.server.on('upgrade', (request: IncomingMessage, socket, head) => {
    if (request.url !== '/sip') return;
    sip.handleUpgrade(request, socket, head, (opened) => {
      const peer = serveSip(opened);
      sipPeers.add(peer);
      opened.on('close', () => sipPeers.delete(peer));
    });
  });
  const push = () => {
    revision += 1;
    sockets.emit('desk', desk());
  };
  const show = (next: Scene, changed: Partial<Desk> = {}) => {
    scene = next;
    change = changed;
    if (next === 'ringing' || next === 'asked-ringing')
      for (const peer of sipPeers) peer.invite({ 'X-Tandem-Contact': PHONE_KEY });
    push();
  };
  const credentials = () => ({
    webSocketUrl: `ws://${address()}/sip`,
    domain: 'tandem.invalid',
    user: 'a1',
    password: 'p',
    expiresAtMs: Date.now() + 3_600_000,
  });
  const me = (username: string | undefined): Me | undefined => {
    const user = username ? USERS[username] : undefined;
    return user && username ? { userId: username, username, locale: 'zh-CN', ...user } : undefined;
  };

  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return;
    if (!reachable) return reply.code(503).send();
  });
  app.addHook('preHandler', async (request, reply) => {
    if (!request.url.startsWith('/api/v1')) return;
    const line = `${request.method} ${request.url.slice('/api/v1'.length)}`;
    asked.push(request.body && Object.keys(request.body).length > 0 ? `${line} ${JSON.stringify(request.body)}` : line);
    if (refused && line.startsWith(refused)) {
      refused = undefined;
      return reply.code(409).send({ code: 'state.conflict', message: '当前状态不允许此操作。' });
    }
  });
  const api = '/api/v1';
  app.get(`${api}/welcome`, async () => ({
    product: 'Tandem',
    companyName: '云栈科技 Yunzhan',
    defaultLocale: 'zh-CN',
    entryNumber: '4000',
    sipAddress: 'sip:4000@127.0.0.1:5080',
    demo: true,
    demoUsers: Object.entries(USERS).map(([username, user]) => ({ username, password: 'tandem', role: user.role })),
  }));
  app.get(`${api}/session`, async (request, reply) => {
    const user = me(request.cookies.session);
    return user ?? reply.code(401).send({ code: 'access.signed-out', message: '您尚未登录。' });
  });
  app.post<{ Body: { username: string; password: string } }>(`${api}/session`, async (request, reply) => {
    const user = request.body.password === 'tandem' ? me(request.body.username) : undefined;
    if (!user)
      return reply.code(401).send({ code: 'access.wrong-credentials', message: '用户名或密码错误。请核对后重试。' });
    return reply.setCookie('session', user.username, { path: '/', httpOnly: true }).send(user);
  });
  app.delete(`${api}/session`, async (_request, reply) =>
    reply.clearCookie('session', { path: '/' }).send({ ok: true }),
  );
  app.patch(`${api}/session`, async (request) => me(request.cookies.session));
  app.post(`${api}/shift`, async () => {
    setTimeout(() => show('idle'), 50);
    return credentials();
  });
  app.delete(`${api}/shift`, async () => {
    show('before-shift');
    return { ok: true };
  });
  app.post(`${api}/shift/phone`, async () => {
    // As the real server does: a call that is up comes back to the new registration.
    if (scene === 'talking' || scene === 'held')
      setTimeout(() => {
        for (const peer of sipPeers)
          if (peer.registered()) peer.invite({ 'X-Tandem-Contact': PHONE_KEY, 'X-Tandem-Reattach': '1' });
      }, 700);
    return credentials();
  });
  app.post(`${api}/caller-sessions`, async () => ({
    callerSessionId: 's1',
    token: 't',
    phone: credentials(),
    number: '4000',
  }));
  app.get(`${api}/desk`, async () => desk());
  app.get(`${api}/directory`, async () => DIRECTORY);
  app.get<{ Querystring: { cursor?: string } }>(`${api}/contacts/today`, async (request) =>
    scene === 'empty' ? { items: [] } : pastPage(request.query.cursor, Date.now()),
  );
  app.get<{ Querystring: { cursor?: string } }>(`${api}/customers/:id/timeline`, async (request) =>
    pastPage(request.query.cursor, Date.now()),
  );
  app.patch<{ Body: object }>(`${api}/customers/:id`, async (request) => Object.assign({}, CUSTOMER, request.body));
  app.put<{ Body: Pick<Desk, 'status'> }>(`${api}/status`, async (request) => {
    change = { ...change, ...request.body, statusSinceMs: Date.now() };
    push();
    return { ok: true };
  });
  app.post(`${api}/contacts/:id/hold`, async () => {
    show('held');
    return { ok: true };
  });
  app.post(`${api}/contacts/:id/unhold`, async () => {
    show('talking');
    return { ok: true };
  });
  app.post(`${api}/contacts/:id/hang-up`, async () => {
    for (const peer of sipPeers) peer.bye();
    show('wrap-up');
    return { ok: true };
  });
  app.put<{ Body: { done: boolean } }>(`${api}/contacts/:id/wrap-up`, async (request) => {
    if (request.body.done) show('idle');
    return { ok: true };
  });
  app.post(`${api}/offers/:id/decline`, async () => {
    show('idle');
    return { ok: true };
  });
  const contactExplanation = {
    contactId: 'c-1',
    state: 'waiting',
    position: 1,
    score: 41.2,
    ahead: [],
    step: { index: 1, changesAtMs: Date.now() + 14_000 },
    agents: [
      { agentId: 'a1', displayName: '王芳', reason: 'capacity-full: 1/1 voice' },
      { agentId: 'a4', displayName: '赵敏', reason: 'on-break' },
      { agentId: 'a3', displayName: 'Chen Jie', reason: 'skills: refund' },
      { agentId: 'a10', displayName: '何静', reason: 'some-new-code' },
    ],
  };
  app.get(`${api}/contacts/:id/explanation`, async () => contactExplanation);
  app.get<{ Params: { id: string } }>(`${api}/agents/:id/explanation`, async (request) => ({
    agentId: request.params.id,
    reasons: ['on-break'],
    couldTake: [{ contactId: 'c-1', score: 41.2 }],
  }));
  const versions = [3, 2, 1].map((version) => ({
    version,
    createdAtMs: Date.now() - (4 - version) * 86_400_000,
    createdBy: 'Admin',
    note: ['初始配置', '退款队列加一名专家', '延长话后处理到 45 秒'][version - 1] ?? '',
    active: version === 3,
  }));
  const body = {
    queues: [
      { id: 'refund', strategy: 'longest-idle', wrapUpMs: 45_000, weight: 1 },
      { id: 'orders', strategy: 'longest-idle', wrapUpMs: 45_000, weight: 1 },
    ],
    breakReasons: ['lunch', 'training'],
  };
  app.get(`${api}/configuration`, async () => ({ version: 3, configuration: body }));
  app.get<{ Params: { version: string } }>(`${api}/configuration/versions/:version`, async (request) => ({
    version: Number(request.params.version),
    configuration: { ...body, breakReasons: ['lunch'] },
  }));
  app.get(`${api}/configuration/versions`, async () => versions);
  app.post<{ Body: { configuration: typeof body; moveContacts?: Record<string, string> } }>(
    `${api}/configuration/check`,
    async (request) => {
      const { configuration, moveContacts } = request.body;
      const problems = configuration.queues.some((queue) => queue.strategy === 'fastest')
        ? [{ path: 'queues[0].strategy', message: '没有名为 fastest 的分配策略。' }]
        : [];
      if (!configuration.queues.some((queue) => queue.id === 'orders') && !moveContacts?.orders)
        problems.push({ path: 'removed.orders', message: '2 contacts wait in this queue' });
      return { valid: problems.length === 0, problems };
    },
  );
  app.post(`${api}/*`, async () => ({ ok: true }));
  app.put(`${api}/*`, async () => ({ ok: true }));
  app.get('/call', (_request, reply) => reply.sendFile('caller.html'));
  for (const path of ['/desk', '/supervisor', '/supervisor/*', '/admin'])
    app.get(path, (_request, reply) => reply.sendFile('index.html'));

  await app.listen({ host: '127.0.0.1', port });
  const floorTimer = setInterval(() => {
    revision += 1;
    if (reachable) sockets.of('/floor').emit('floor', floorOf(revision, Date.now()));
  }, 1_000);
  return {
    url: `http://${address()}`,
    asked,
    show,
    showCaller: (view) => sockets.of('/caller').emit('caller', view),
    refuse: (begin) => {
      refused = begin;
    },
    reachable(on) {
      reachable = on;
      if (!on) sockets.disconnectSockets(true);
    },
    phones: () => [...sipPeers],
    async close() {
      clearInterval(floorTimer);
      for (const client of sip.clients) client.terminate();
      await sockets.close();
      await app.close();
    },
  };
}
