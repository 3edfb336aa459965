import { systemClock } from '../../../config/clock.ts';
import { silentLogger } from '../../../config/logger.ts';
import { FailureWindow } from './access/failure-window.ts';
import { Nonces } from './access/nonces.ts';
import { type Core, randomToken } from './core.ts';
import { InviteOut } from './invite-out.ts';
import { checkInviteRequest } from './invite-target.ts';
import { DEFAULT_SIP_LIMITS, DEFAULT_SIP_TIMES } from './limits.ts';
import { openProfile } from './open-profile.ts';
import { Bindings } from './registrar/bindings.ts';
import { SIP_COUNTERS, type SipCounter, type SipGauges, type SipStack, type SipStackOptions } from './stack.ts';
import { watchConnections } from './transport/watch-connections.ts';

const GOODBYE_MS = 1_000;

/** Makes a stack; nothing listens before `openProfile`. */
export function createSipStack(options: SipStackOptions): SipStack {
  const core = createCore(options);
  const watch = watchConnections(core);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    for (const attempt of [...core.attempts]) attempt.close();
    const calls = [...core.calls.values()];
    const goodbyes = Promise.all(calls.map((call) => call.bye()));
    if (calls.length > 0) {
      await Promise.race([goodbyes, new Promise<void>((resolve) => core.clock.after(GOODBYE_MS, resolve))]);
    }
    watch.close();
    for (const transaction of [...core.clientTransactions.values()]) transaction.terminate();
    for (const transaction of [...core.serverTransactions.values()]) transaction.terminate();
    core.bindings.close();
    const listeners = [...core.profiles.values()].flatMap((profile) => profile.listeners);
    core.profiles.clear();
    await Promise.all(listeners.map((listener) => listener.close()));
  }

  return {
    openProfile: (profile) => openProfile(core, profile),
    invite: (request, listener) => {
      checkInviteRequest(core, request);
      const invite = new InviteOut(core, request, listener);
      queueMicrotask(() => {
        invite.start().catch((error) => {
          core.log.error({ err: error, profile: request.profile }, 'an INVITE could not be sent');
          invite.close();
        });
      });
      return invite;
    },
    bindings: (user) => core.bindings.of(user),
    allBindings: () => core.bindings.all(),
    unregister: (user) => {
      const held = core.bindings.of(user);
      for (const binding of held) core.bindings.remove(binding, 'unregistered');
      return held.length;
    },
    gauges: () => readGauges(core),
    close: () => (closing ??= close()),
  };
}

function createCore(options: SipStackOptions): Core {
  const clock = options.clock ?? systemClock;
  const log = options.logger ?? silentLogger;
  const limits = { ...DEFAULT_SIP_LIMITS, ...options.limits };
  const counters = Object.fromEntries(SIP_COUNTERS.map((name) => [name, 0])) as Record<SipCounter, number>;
  return {
    clock,
    log,
    limits,
    times: { ...DEFAULT_SIP_TIMES, ...options.times },
    productName: options.productName ?? 'Tandem',
    counters,
    lookUpPassword: options.lookUpPassword,
    onInvite: options.onInvite,
    profiles: new Map(),
    serverTransactions: new Map(),
    merged: new Map(),
    clientTransactions: new Map(),
    calls: new Map(),
    attempts: new Set(),
    pendingInvites: new Map(),
    connections: new Map(),
    bindings: new Bindings(clock, limits, (event) => {
      try {
        options.onRegistration?.(event);
      } catch (error) {
        log.error({ err: error }, 'a registration listener threw');
      }
    }),
    nonces: new Nonces(limits.nonces, limits.nonceLifeMs),
    failedDigests: new FailureWindow(limits.failedDigests, limits.failedDigestWindowMs),
    statelessTag: randomToken(),
  };
}

function readGauges(core: Core): SipGauges {
  return {
    counters: { ...core.counters },
    clientTransactions: core.clientTransactions.size,
    serverTransactions: core.serverTransactions.size,
    dialogs: core.calls.size,
    connections: core.connections.size,
    bindings: core.bindings.size,
    nonces: core.nonces.size,
  };
}
