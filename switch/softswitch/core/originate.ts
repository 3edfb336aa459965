import { randomUUID } from 'node:crypto';
import { openOutboundLeg } from '../legs/outbound.ts';
import type { Binding } from '../sip/index.ts';
import type { Cause } from './causes.ts';
import { setVariable } from './channel.ts';
import type { DialPlan, OriginateOutcome } from './dial-plan.ts';
import { type DialTarget, parseDialTarget } from './dial-string.ts';
import { flipCaller } from './flip-caller.ts';
import type { Session } from './session.ts';
import { tellStillborn } from './stillborn.ts';
import type { SwitchCore } from './switch-core.ts';

function bindingPlan(binding: Binding): DialPlan {
  return {
    profile: binding.profile,
    target: { kind: 'binding', binding },
    uri: binding.contact,
    webrtc: binding.flow.transport === 'ws',
  };
}

/** The contact without what FreeSWITCH adds to it, for comparing. */
function bareUri(uri: string): string {
  return uri.replace(/[<>]/g, '').replace(/;fs_path=[^;]*/i, '');
}

async function planFor(sw: SwitchCore, target: DialTarget): Promise<DialPlan | { readonly cause: Cause }> {
  switch (target.kind) {
    case 'error':
      return { cause: target.cause };
    case 'user': {
      const [binding] = sw.sip.bindings(target.user);
      if (binding) return bindingPlan(binding);
      const known = await sw.directory.knows(target.user, target.domain ?? sw.settings.sip.agents.realm);
      return { cause: known ? 'USER_NOT_REGISTERED' : 'SUBSCRIBER_ABSENT' };
    }
    case 'gateway': {
      const gateway = sw.settings.gateways.find((one) => one.name === target.gateway);
      if (!gateway) return { cause: 'INVALID_GATEWAY' };
      const uri = `sip:${encodeURIComponent(target.number).replaceAll('%2B', '+')}@${gateway.host}:${gateway.port}`;
      return {
        profile: 'trunk',
        target: {
          kind: 'uri',
          uri,
          nextHop: { transport: gateway.transport, host: gateway.host, port: gateway.port },
        },
        uri,
        webrtc: false,
        ...(gateway.user === undefined || gateway.password === undefined
          ? {}
          : { credentials: { user: gateway.user, password: gateway.password }, fromUser: gateway.user }),
      };
    }
    case 'uri': {
      if (!sw.profiles.has(target.profile)) return { cause: 'INVALID_PROFILE' };
      const wanted = bareUri(target.uri);
      const binding = sw.sip.allBindings().find((one) => bareUri(one.contact) === wanted);
      if (binding) return bindingPlan(binding);
      return { profile: target.profile, target: { kind: 'uri', uri: target.uri }, uri: target.uri, webrtc: false };
    }
  }
}

function bounded(value: string | undefined, fallbackSec: number): number {
  const seconds = Number(value);
  return Math.min(Math.max(seconds > 0 ? seconds : fallbackSec, 1), 300) * 1000;
}

/** How long a try may ring, ms: the shortest of the three variables that limit it. */
function ringTimeoutMs(variables: ReadonlyMap<string, string>, timeoutSec: number): number {
  const words = ['originate_timeout', 'call_timeout', 'leg_timeout'].filter((name) => variables.has(name));
  if (words.length === 0) return bounded(undefined, timeoutSec);
  return Math.min(...words.map((name) => bounded(variables.get(name), timeoutSec)));
}

/** Rings one phone after the other (`|` between them) until one answers. */
export async function originate(
  sw: SwitchCore,
  request: {
    readonly endpoints: string;
    readonly variables: ReadonlyMap<string, string>;
    readonly originator?: Session;
    readonly timeoutSec?: number;
  },
): Promise<OriginateOutcome> {
  let cause: Cause = 'DESTINATION_OUT_OF_ORDER';
  for (const endpoint of request.endpoints.split('|')) {
    if (endpoint.includes(',') && !endpoint.includes(';')) return { kind: 'failed', cause: 'CHAN_NOT_IMPLEMENTED' };
    const plan = await planFor(sw, parseDialTarget(endpoint.trim()));
    if ('cause' in plan) {
      cause = plan.cause;
      if (cause === 'INVALID_GATEWAY' || cause === 'INVALID_PROFILE') tellStillborn(sw);
      continue;
    }
    const uuid = request.variables.get('origination_uuid') ?? randomUUID();
    if (sw.sessions.has(uuid)) return { kind: 'failed', cause: 'DESTINATION_OUT_OF_ORDER' };
    const outcome = await openOutboundLeg(sw, {
      uuid,
      plan,
      variables: request.variables,
      ringTimeoutMs: ringTimeoutMs(request.variables, request.timeoutSec ?? 60),
      ...(request.originator === undefined ? {} : { originator: request.originator }),
    });
    if (outcome.kind === 'failed') {
      cause = outcome.cause;
      continue;
    }
    if (!request.originator) flipCaller(sw, outcome.session);
    setVariable(outcome.session.channel, 'endpoint_disposition', 'ANSWER');
    return outcome;
  }
  return { kind: 'failed', cause };
}
