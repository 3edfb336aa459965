import { CodedError } from '../../../config/errors.ts';
import { type Core, listenerOf } from './core.ts';
import { resolveHost, uriTransport } from './dialog/next-hop.ts';
import { bareHost, escapeUser, parseSipUri, uriHost } from './message/sip-uri.ts';
import type { InviteTarget, OutgoingInviteRequest } from './stack.ts';
import type { Flow } from './transport/flow.ts';

/** Where an INVITE may go: what its first line and To say, and the ways to try one after another (RFC 3263 §4.3). */
export interface Route {
  readonly requestUri: string;
  readonly toUri: string;
  readonly ways: readonly (() => Promise<Flow | undefined>)[];
}

export type RouteOutcome =
  | ({ readonly kind: 'route' } & Route)
  | { readonly kind: 'unregistered' }
  | { readonly kind: 'unreachable' };

/** Finds the ways to a target. */
export async function routeTo(core: Core, request: OutgoingInviteRequest): Promise<RouteOutcome> {
  const { target } = request;
  if (target.kind === 'uri') return routeToUri(core, request.profile, target);
  const user = target.kind === 'user' ? target.user : target.binding.user;
  const held = core.bindings.of(user);
  const binding = target.kind === 'user' ? held[0] : held.find(({ contact }) => contact === target.binding.contact);
  if (!binding) return { kind: 'unregistered' };
  const admission = core.profiles.get(binding.profile)?.admission;
  const domain = admission?.kind === 'agents' ? admission.realm : uriHost(binding.flow.host);
  return {
    kind: 'route',
    requestUri: binding.contact,
    toUri: `sip:${escapeUser(user)}@${domain}`,
    ways: [async () => (binding.flow.alive ? binding.flow : undefined)],
  };
}

/** Checks what the core asks for before anything is done. Throws `request.invalid` with the field. */
export function checkInviteRequest(core: Core, request: OutgoingInviteRequest): void {
  const ringMs = request.ringTimeoutMs ?? 60_000;
  const faults: readonly (readonly [string, boolean])[] = [
    ['profile', !core.profiles.has(request.profile)],
    ['offer', Buffer.byteLength(request.offer) > core.limits.sdpBytes],
    ['ringTimeoutMs', !(ringMs >= 1_000 && ringMs <= 300_000)],
    ['maxForwards', !isWithin(request.maxForwards ?? 70, 1, 255)],
    ['fromUser', !/^[ -~]{0,128}$/.test(request.fromUser ?? '')],
    ['fromHost', request.fromHost !== undefined && !parseSipUri(`sip:${request.fromHost}`)],
    ['target', request.target.kind === 'uri' && !isDialable(request.target.uri)],
  ];
  const fault = faults.find(([, wrong]) => wrong);
  if (fault) throw new CodedError('request.invalid', { field: fault[0] });
}

async function routeToUri(core: Core, profile: string, target: InviteTarget & { kind: 'uri' }): Promise<RouteOutcome> {
  const uri = parseSipUri(target.uri);
  if (!uri) return { kind: 'unreachable' };
  const transport = target.nextHop?.transport ?? uriTransport(uri);
  const listener = transport && listenerOf(core, profile, transport);
  if (!listener) return { kind: 'unreachable' };
  const port = target.nextHop?.port ?? uri.port ?? 5060;
  const host = bareHost(target.nextHop?.host ?? uri.params.get('maddr') ?? uri.host);
  const addresses = await resolveHost(core, host, listener.address.host);
  if (addresses.length === 0) return { kind: 'unreachable' };
  const ways = addresses.map((address) => () => listener.connect(address, port));
  return { kind: 'route', requestUri: target.uri, toUri: target.uri, ways };
}

function isDialable(text: string): boolean {
  const uri = parseSipUri(text);
  return uri !== undefined && uri.headers === '' && text.length <= 512 && /^[!-~]+$/.test(text) && !/[<>"]/.test(text);
}

function isWithin(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
