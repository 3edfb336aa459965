import { markAnswered, markEarly, markRinging } from '../core/answer.ts';
import { publishChannelEvent } from '../core/build-event.ts';
import { newTimes } from '../core/caller-profile.ts';
import { type Cause, causeOfQ850, causeOfStatus, q850Of } from '../core/causes.ts';
import { newChannel, setVariable, variableIsTrue } from '../core/channel.ts';
import type { DialPlan, OriginateOutcome } from '../core/dial-plan.ts';
import { hangUp } from '../core/hang-up.ts';
import type { Leg } from '../core/leg.ts';
import { runSession } from '../core/run-session.ts';
import { newSession, type Session } from '../core/session.ts';
import { admitSession } from '../core/session-rate.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import type { LegMedia } from '../media/index.ts';
import type { InviteFailure, OutgoingInvite, OutgoingInviteListener, SipCall } from '../sip/index.ts';
import { callListener } from './call-listener.ts';
import { addressOf, mediaVariables, setCodec, setCommonVariables } from './sip-variables.ts';
import { watchMedia, watchSilence } from './watch-media.ts';

/** What FreeSWITCH shows when nobody says who calls. */
const UNKNOWN_NUMBER = '0000000000';

export interface OutboundRequest {
  readonly uuid: string;
  readonly plan: DialPlan;
  readonly variables: ReadonlyMap<string, string>;
  readonly ringTimeoutMs: number;
  readonly originator?: Session;
}

function causeOfFailure(failure: InviteFailure): Cause {
  if (failure.by === 'local') {
    if (failure.cause === 'ring-timeout') return 'NO_ANSWER';
    if (failure.cause === 'unregistered') return 'USER_NOT_REGISTERED';
    if (failure.cause === 'unreachable') return 'NORMAL_TEMPORARY_FAILURE';
    if (failure.cause === 'cancelled') return 'ORIGINATOR_CANCEL';
    if (failure.cause === 'closed') return 'SYSTEM_SHUTDOWN';
    return 'RECOVERY_ON_TIMER_EXPIRE';
  }
  const told = failure.q850 === undefined ? undefined : causeOfQ850(failure.q850);
  return told ?? causeOfStatus(failure.status);
}

/** The SIP side of an outbound leg. */
class OutboundLeg implements Leg {
  readonly media: LegMedia;
  readonly #session: () => Session;
  invite: OutgoingInvite | undefined;
  call: SipCall | undefined;
  #ended = false;

  constructor(media: LegMedia, session: () => Session) {
    this.media = media;
    this.#session = session;
  }

  ring(): void {}

  preAnswer(): boolean {
    return false;
  }

  answer(): boolean {
    return false;
  }

  hangUp(cause: Cause): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.call) void this.call.bye({ q850: q850Of(cause), text: cause });
    else this.invite?.cancel();
  }

  endVariables(): [string, string][] {
    const rows = mediaVariables(this.media.statistics());
    if (!this.#session().channel.variables.has('sip_hangup_disposition')) {
      rows.unshift(['sip_hangup_disposition', this.call ? 'send_bye' : 'send_cancel']);
    }
    return rows;
  }
}

/** Extra SIP headers of a leg: its variables `sip_h_X-…`, without line ends. */
function extraHeaders(variables: ReadonlyMap<string, string>): Record<string, string> {
  const rows: Record<string, string> = {};
  for (const [name, value] of variables) {
    if (/^sip_h_X-[A-Za-z0-9-]{1,60}$/i.test(name))
      rows[name.slice(6)] = value.replace(/[\r\n\0]/g, ' ').slice(0, 2000);
  }
  return rows;
}

function makeSession(sw: SwitchCore, request: OutboundRequest, media: LegMedia): Session {
  const { uuid, plan, variables } = request;
  const nowMs = sw.clock.now();
  const address = addressOf(plan.uri);
  const callee = address.split('@', 1)[0] ?? address;
  const channel = newChannel({
    uuid,
    direction: 'outbound',
    name: `sofia/${plan.profile}/${address}`,
    sessionId: sw.counters.sessionsSinceStart,
    createdAtMs: nowMs,
  });
  const leg: OutboundLeg = new OutboundLeg(media, () => session);
  const session = newSession(channel, leg);
  const from = request.originator?.channel.profile;
  const number = variables.get('origination_caller_id_number') ?? from?.callerIdNumber ?? UNKNOWN_NUMBER;
  const name = variables.get('origination_caller_id_name') ?? from?.callerIdName ?? '';
  channel.profile = {
    callerIdName: name,
    callerIdNumber: number,
    origCallerIdName: name,
    origCallerIdNumber: number,
    calleeIdName: variables.get('origination_callee_id_name') ?? 'Outbound Call',
    calleeIdNumber: variables.get('origination_callee_id_number') ?? callee,
    ani: number,
    destinationNumber: callee,
    uniqueId: uuid,
    source: 'src/switch_ivr_originate.c',
    context: 'default',
    channelName: channel.name,
    direction: 'outbound',
    logicalDirection: 'outbound',
    index: 1,
    times: newTimes(nowMs),
  };
  setCommonVariables(channel);
  setVariable(channel, 'sip_profile_name', plan.profile);
  setVariable(channel, 'sip_destination_url', plan.uri);
  for (const [key, value] of variables) setVariable(channel, key, value);
  setVariable(channel, 'originate_early_media', String(!variableIsTrue(channel, 'ignore_early_media')));
  setVariable(channel, 'originate_endpoint', 'sofia');
  setVariable(channel, 'sip_req_uri', address);
  setVariable(channel, 'sofia_profile_name', plan.profile);
  setVariable(channel, 'recovery_profile_name', plan.profile);
  return session;
}

/** Rings one phone. Resolves when it answers (or early media counts as that), or when the leg is over. */
export async function openOutboundLeg(sw: SwitchCore, request: OutboundRequest): Promise<OriginateOutcome> {
  if (!admitSession(sw)) return { kind: 'failed', cause: 'SWITCH_CONGESTION' };
  const made = await sw.media.createLeg(request.plan.webrtc ? 'webrtc' : 'rtp');
  if (made.kind === 'full') return { kind: 'failed', cause: 'SWITCH_CONGESTION' };
  const media = made.leg;
  const offer = await media.createOffer();
  if (offer === '') {
    // An INVITE without an offer would ask the phone for one, and a browser then ends the call it has just answered.
    sw.logger.warn({ legId: request.uuid }, 'no address for the media of an outgoing call');
    await media.close();
    return { kind: 'failed', cause: 'SWITCH_CONGESTION' };
  }
  const session = makeSession(sw, request, media);
  const { channel } = session;
  const leg = session.leg as OutboundLeg;
  sw.sessions.set(request.uuid, session);
  watchMedia(sw, session, media);
  publishChannelEvent(sw, channel, 'CHANNEL_OUTGOING');
  const running = runSession(sw, session);
  const answered = new Promise<void>((resolve) => {
    try {
      leg.invite = sw.sip.invite(
        {
          profile: request.plan.profile,
          target: request.plan.target,
          offer,
          ringTimeoutMs: request.ringTimeoutMs,
          fromUser: request.plan.fromUser ?? channel.profile?.callerIdNumber ?? UNKNOWN_NUMBER,
          fromDisplayName: channel.profile?.callerIdName ?? '',
          headers: extraHeaders(request.variables),
          ...(request.plan.credentials === undefined ? {} : { credentials: request.plan.credentials }),
        },
        inviteListener(sw, session, leg, resolve),
      );
    } catch (cause) {
      sw.logger.warn({ legId: channel.uuid, err: cause }, 'an outgoing call could not be started');
      hangUp(sw, session, 'INVALID_NUMBER_FORMAT');
    }
  });
  setVariable(channel, 'sip_call_id', leg.invite?.callId);
  await Promise.race([answered, session.gone]);
  if (channel.hangupCause !== undefined) {
    await running;
    return { kind: 'failed', cause: channel.hangupCause };
  }
  return { kind: 'answered', session };
}

function inviteListener(
  sw: SwitchCore,
  session: Session,
  leg: OutboundLeg,
  onUsable: () => void,
): OutgoingInviteListener {
  const { channel } = session;
  const { media } = leg;
  return {
    ...callListener(sw, session, media),
    onRinging: () => markRinging(sw, session),
    onEarlyMedia: (sdp) => {
      void media.acceptAnswer(sdp).then((outcome) => {
        if (outcome.kind === 'refused' || channel.answerState !== 'ringing') return;
        setCodec(channel, media);
        markEarly(sw, session);
        if (!variableIsTrue(channel, 'ignore_early_media')) onUsable();
      });
    },
    onAnswered: (call, sdp) => {
      leg.call = call;
      if (channel.profile) channel.profile.networkAddr = call.remote.host;
      setVariable(channel, 'sip_network_ip', call.remote.host);
      setVariable(channel, 'sip_network_port', String(call.remote.port));
      if (channel.hangupCause !== undefined) {
        void call.bye();
        return;
      }
      void media.acceptAnswer(sdp).then((outcome) => {
        if (outcome.kind === 'refused') {
          sw.logger.warn({ legId: channel.uuid, reason: outcome.reason }, 'an answer was not usable');
          hangUp(sw, session, 'INCOMPATIBLE_DESTINATION');
          return;
        }
        setCodec(channel, media);
        markAnswered(sw, session);
        watchSilence(sw, session, media);
        onUsable();
      });
    },
    onFailed: (failure) => {
      if (failure.by === 'remote') setVariable(channel, 'sip_hangup_disposition', 'recv_refuse');
      setVariable(channel, 'sip_term_status', String(failure.status));
      setVariable(channel, 'proto_specific_hangup_cause', `sip:${failure.status}`);
      hangUp(sw, session, causeOfFailure(failure));
    },
  };
}
