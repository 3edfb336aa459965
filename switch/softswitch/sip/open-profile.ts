import { CodedError } from '../../../config/errors.ts';
import { addressSet, plainHost } from './access/address-set.ts';
import type { Core, Profile } from './core.ts';
import { endCall } from './dialog/end-call.ts';
import { LiveCall } from './dialog/live-call.ts';
import { receiveRequest, refuseMalformed } from './receive-request.ts';
import type { OpenProfile, ProfileOptions, SipTransport } from './stack.ts';
import { receiveResponse } from './transaction/send-request.ts';
import type { Flow } from './transport/flow.ts';
import type { Listener, ListenerSettings } from './transport/listener.ts';
import type { Receiver } from './transport/receiver.ts';
import { listenTcp } from './transport/tcp-listener.ts';
import { listenUdp } from './transport/udp-listener.ts';
import { listenWebSocket } from './transport/ws-listener.ts';

type Listen = (settings: ListenerSettings, receiver: Receiver) => Promise<Listener>;

const LISTEN: Readonly<Record<SipTransport, Listen>> = { udp: listenUdp, tcp: listenTcp, ws: listenWebSocket };

/** Binds the listeners of a profile; when one cannot, those before it are let go. */
export async function openProfile(core: Core, options: ProfileOptions): Promise<OpenProfile> {
  const { name, admission } = options;
  if (name === '' || core.profiles.has(name)) throw new CodedError('request.invalid', { field: 'name' });
  const transports = new Set(options.listeners.map((listener) => listener.transport));
  if (transports.size !== options.listeners.length) throw new CodedError('request.invalid', { field: 'listeners' });
  if (admission.kind === 'agents' && !/^[A-Za-z0-9._-]{1,253}$/.test(admission.realm)) {
    throw new CodedError('request.invalid', { field: 'realm' });
  }
  const profile: Profile = {
    name,
    admission,
    allowed: admission.kind === 'trunk' ? addressSet(admission.allowedSources) : undefined,
    advertisedHost: options.advertisedHost,
    listeners: [],
  };
  core.profiles.set(name, profile);
  const receiver = receiverOf(core);
  try {
    for (const { transport, host = '127.0.0.1', port } of options.listeners) {
      const settings = { profile: name, host, port, advertisedHost: options.advertisedHost };
      profile.listeners.push(await LISTEN[transport](settings, receiver));
    }
  } catch (error) {
    await closeProfile(core, profile);
    throw error;
  }
  return {
    name,
    addresses: profile.listeners.map((listener) => listener.address),
    close: () => closeProfile(core, profile),
  };
}

async function closeProfile(core: Core, profile: Profile): Promise<void> {
  if (core.profiles.get(profile.name) !== profile) return;
  for (const attempt of [...core.attempts]) if (attempt.profile === profile.name) attempt.close();
  for (const call of [...core.calls.values()]) {
    if (call instanceof LiveCall && call.profile === profile.name) endCall(call, { reason: 'closed' });
  }
  for (const binding of core.bindings.all()) {
    if (binding.profile === profile.name) core.bindings.remove(binding, 'expired');
  }
  core.profiles.delete(profile.name);
  await Promise.all(profile.listeners.map((listener) => listener.close()));
}

function receiverOf(core: Core): Receiver {
  return {
    limits: core.limits,
    now: () => core.clock.now(),
    message: (message, flow) => {
      core.counters.messagesIn++;
      // One message that we fail on must not take the other calls with it.
      try {
        if (message.kind === 'response') receiveResponse(core, message);
        else receiveRequest(core, message, flow);
      } catch (error) {
        core.counters.messagesDropped++;
        core.log.error({ err: error, profile: flow.profile }, 'a SIP message could not be served');
      }
    },
    malformed: (fault, flow) => {
      core.counters.messagesIn++;
      refuseMalformed(core, fault, flow);
    },
    flowClosed: (flow) => flowClosed(core, flow),
    mayConnect: (host) => mayConnect(core, host),
    connectionOpened: (connection) => core.connections.set(connection, plainHost(connection.flow.host)),
    connectionClosed: (connection) => core.connections.delete(connection),
    countOut: () => {
      core.counters.messagesOut++;
    },
  };
}

/** RFC 7118 phones reconnect in seconds; a call whose phone did not by then is over. */
const RECONNECT_GRACE_MS = 32_000;

/** Bindings end at once. Calls stay for a while: media may still flow, and the phone comes back on another connection. */
function flowClosed(core: Core, flow: Flow): void {
  core.bindings.flowClosed(flow);
  for (const transaction of [...core.clientTransactions.values()]) {
    if (transaction.flow === flow) transaction.flowClosed();
  }
  for (const call of core.calls.values()) {
    if (!(call instanceof LiveCall) || call.flow !== flow) continue;
    core.clock.after(RECONNECT_GRACE_MS, () => {
      const isBack = call.flow !== flow || core.bindings.flowOf(call.remoteTarget)?.alive;
      if (!isBack && flow.transport === 'ws') call.lost();
    });
  }
}

function mayConnect(core: Core, host: string): boolean {
  if (core.connections.size >= core.limits.connections) return false;
  const source = plainHost(host);
  let count = 0;
  for (const other of core.connections.values()) if (other === source) count++;
  return count < core.limits.connectionsPerSource;
}
