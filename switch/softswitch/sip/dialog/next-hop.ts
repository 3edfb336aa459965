import { lookup } from 'node:dns/promises';
import { isIP, isIPv6 } from 'node:net';
import { type Core, listenerOf } from '../core.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { bareHost, parseSipUri, type SipUri } from '../message/sip-uri.ts';
import type { SipTransport } from '../stack.ts';
import type { Flow } from '../transport/flow.ts';
import type { LiveCall } from './live-call.ts';

const RESOLVE_DEADLINE_MS = 3_000;
const ADDRESSES_LIMIT = 4;

/**
 * A host as addresses that a socket bound to `localHost` can reach, in the resolver's order: an address is itself, a name is looked
 * up (A or AAAA; no SRV). Empty when unknown.
 */
export async function resolveHost(core: Core, host: string, localHost: string): Promise<readonly string[]> {
  const bare = bareHost(host);
  const family = isIPv6(localHost) ? 6 : 4;
  if (isIP(bare) !== 0) return isIP(bare) === family ? [bare] : [];
  if (bare.endsWith('.invalid')) return [];
  return new Promise((resolve) => {
    const deadline = core.clock.after(RESOLVE_DEADLINE_MS, () => resolve([]));
    lookup(bare, { all: true, family })
      .catch(() => [])
      .then((found) => {
        deadline.cancel();
        resolve(found.slice(0, ADDRESSES_LIMIT).map(({ address }) => address));
      });
  });
}

/** The transport that a URI asks for; undefined when we don't speak it. */
export function uriTransport(uri: SipUri): SipTransport | undefined {
  // No TLS of our own: a `sips:` address cannot be reached as it asks.
  if (uri.scheme === 'sips') return undefined;
  const wanted = (uri.params.get('transport') ?? 'udp').toLowerCase();
  if (wanted === 'wss') return 'ws';
  return wanted === 'udp' || wanted === 'tcp' || wanted === 'ws' ? wanted : undefined;
}

/**
 * Where a request inside a dialog goes. A live connection is used again, and a phone's UDP address too, for phones sit behind
 * NATs; towards a trunk the route set and the remote target decide (RFC 3261 §12.2.1.1), and the first address when these lead nowhere.
 */
export async function nextHop(call: LiveCall): Promise<Flow | undefined> {
  const { core, flow } = call;
  if (flow.reliable && flow.alive) return flow;
  if (!flow.alive) {
    const again = core.bindings.flowOf(call.remoteTarget);
    if (again?.alive) return again;
  }
  if (flow.transport === 'ws') return undefined;
  const isTrunk = core.profiles.get(flow.profile)?.admission.kind === 'trunk';
  if (!flow.reliable && !isTrunk) return flow;
  const first = call.routeSet[0];
  const uri = parseSipUri(first === undefined ? call.remoteTarget : (parseNameAddr(first)?.uri ?? ''));
  const fallback = flow.alive ? flow : undefined;
  if (!uri) return fallback;
  const transport = uri.params.has('transport') ? uriTransport(uri) : flow.transport;
  const listener = transport && listenerOf(core, flow.profile, transport);
  if (!listener) return fallback;
  const [address] = await resolveHost(core, uri.params.get('maddr') ?? uri.host, listener.address.host);
  if (address === undefined) return fallback;
  return (await listener.connect(address, uri.port ?? 5060)) ?? fallback;
}
