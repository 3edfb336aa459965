import { randomUUID } from 'node:crypto';
import { publishChannelEvent } from '../core/build-event.ts';
import { newTimes } from '../core/caller-profile.ts';
import { CAUSES, type Cause, q850Of } from '../core/causes.ts';
import { newChannel, setVariable } from '../core/channel.ts';
import { hangUp } from '../core/hang-up.ts';
import type { Leg } from '../core/leg.ts';
import { runSession } from '../core/run-session.ts';
import { newSession, type Session } from '../core/session.ts';
import { admitSession } from '../core/session-rate.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import { type LegMedia, mediaKindOf } from '../media/index.ts';
import type { IncomingInvite, SipCall } from '../sip/index.ts';
import { callListener } from './call-listener.ts';
import { addressOf, mediaVariables, setCodec, setInviteVariables } from './sip-variables.ts';
import { watchMedia, watchSilence } from './watch-media.ts';

/** Says no to a call that never gets a channel. */
function refuse(invite: IncomingInvite, status: number): void {
  if (status === 503) invite.reject(503, undefined, { 'Retry-After': '5' });
  else invite.reject(status);
}

/** The media of an inbound call, its description agreed on; undefined after the call was refused. */
async function prepareMedia(
  sw: SwitchCore,
  invite: IncomingInvite,
): Promise<{ readonly media: LegMedia; readonly sdp: string } | undefined> {
  const made = await sw.media.createLeg(invite.offer === undefined ? 'rtp' : mediaKindOf(invite.offer));
  if (made.kind === 'full') {
    refuse(invite, 503);
    return undefined;
  }
  const media = made.leg;
  if (invite.offer === undefined) return { media, sdp: await media.createOffer() };
  const outcome = await media.acceptOffer(invite.offer);
  if (outcome.kind === 'answer') return { media, sdp: outcome.sdp };
  sw.logger.info({ reason: outcome.reason, detail: outcome.detail }, 'an offer was refused');
  refuse(invite, outcome.reason === 'invalid-sdp' ? 400 : 488);
  await media.close();
  return undefined;
}

/** The SIP side of an inbound leg. */
class InboundLeg implements Leg {
  readonly media: LegMedia;
  readonly #sw: SwitchCore;
  readonly #invite: IncomingInvite;
  readonly #sdp: string;
  #session: Session | undefined;
  #call: SipCall | undefined;
  #answered = false;
  #endedWith: Cause | undefined;

  constructor(sw: SwitchCore, invite: IncomingInvite, media: LegMedia, sdp: string) {
    this.#sw = sw;
    this.#invite = invite;
    this.media = media;
    this.#sdp = sdp;
  }

  belongTo(session: Session): void {
    this.#session = session;
    this.#invite.onCancelled((reason) => {
      if (reason === 'cancelled') setVariable(session.channel, 'sip_hangup_disposition', 'recv_cancel');
      hangUp(this.#sw, session, reason === 'timeout' ? 'NO_ANSWER' : 'ORIGINATOR_CANCEL');
    });
  }

  ring(): void {
    this.#invite.ring();
  }

  preAnswer(): boolean {
    if (this.#invite.ended || this.#answered || this.#invite.offer === undefined) return false;
    this.#invite.progress(this.#sdp);
    return true;
  }

  answer(): boolean {
    const session = this.#session;
    if (!session || this.#invite.ended || this.#answered) return false;
    this.#answered = true;
    const sw = this.#sw;
    watchSilence(sw, session, this.media);
    this.#invite.answer(this.#sdp, callListener(sw, session, this.media)).then(
      (outcome) => {
        if (outcome.kind === 'ended') {
          hangUp(sw, session, outcome.reason === 'no-ack' ? 'RECOVERY_ON_TIMER_EXPIRE' : 'ORIGINATOR_CANCEL');
          return;
        }
        this.#call = outcome.call;
        if (this.#endedWith !== undefined) this.#bye(this.#endedWith);
        else if (this.#invite.offer === undefined) this.#takeLateAnswer(session, outcome.remoteSdp);
      },
      (cause: unknown) => {
        sw.logger.error({ legId: session.channel.uuid, err: cause }, 'an answer could not be sent');
        hangUp(sw, session, 'NORMAL_TEMPORARY_FAILURE');
      },
    );
    return true;
  }

  /** The caller left the offer to us; its answer came with the ACK. */
  #takeLateAnswer(session: Session, sdp: string): void {
    void this.media.acceptAnswer(sdp).then((outcome) => {
      if (outcome.kind === 'refused') hangUp(this.#sw, session, 'INCOMPATIBLE_DESTINATION');
      else setCodec(session.channel, this.media);
    });
  }

  #bye(cause: Cause): void {
    void this.#call?.bye({ q850: q850Of(cause), text: cause });
  }

  hangUp(cause: Cause): void {
    if (this.#endedWith !== undefined) return;
    this.#endedWith = cause;
    if (this.#answered) this.#bye(cause);
    else this.#invite.reject(CAUSES[cause].sip, undefined, { Reason: `Q.850;cause=${q850Of(cause)}` });
  }

  endVariables(): [string, string][] {
    const rows = mediaVariables(this.media.statistics());
    const { variables } = this.#session?.channel ?? {};
    if (!variables?.has('sip_hangup_disposition')) {
      const disposition = this.#answered ? 'send_bye' : this.#invite.ended ? 'recv_cancel' : 'send_refuse';
      rows.unshift(['sip_hangup_disposition', disposition]);
    }
    return rows;
  }
}

/** A first INVITE that passed admission becomes a channel and runs, or is refused. Never rejects. */
export async function acceptInvite(sw: SwitchCore, invite: IncomingInvite): Promise<void> {
  if (!admitSession(sw)) return refuse(invite, 503);
  const prepared = await prepareMedia(sw, invite);
  if (!prepared) return;
  const { media, sdp } = prepared;
  if (invite.ended) return media.close();
  const leg = new InboundLeg(sw, invite, media, sdp);
  const uuid = randomUUID();
  const nowMs = sw.clock.now();
  const channel = newChannel({
    uuid,
    direction: 'inbound',
    name: `sofia/${invite.profile}/${addressOf(invite.from.uri)}`,
    sessionId: sw.counters.sessionsSinceStart,
    createdAtMs: nowMs,
  });
  const session = newSession(channel, leg);
  sw.sessions.set(uuid, session);
  publishChannelEvent(sw, channel, 'CHANNEL_STATE');
  const number = invite.user?.name ?? invite.from.user;
  const name = invite.from.displayName || number;
  channel.profile = {
    username: invite.from.user,
    dialplan: 'XML',
    callerIdName: name,
    callerIdNumber: number,
    origCallerIdName: name,
    origCallerIdNumber: number,
    calleeIdName: '',
    calleeIdNumber: '',
    networkAddr: invite.source.host,
    ani: number,
    destinationNumber: invite.requestUri.user || invite.to.user,
    uniqueId: uuid,
    source: 'mod_sofia',
    context: invite.user ? 'agents' : 'public',
    channelName: channel.name,
    direction: 'inbound',
    logicalDirection: 'inbound',
    index: 1,
    times: newTimes(nowMs),
  };
  session.firstDestination = channel.profile.destinationNumber;
  setInviteVariables(channel, invite);
  setCodec(channel, media);
  setVariable(channel, 'switch_r_sdp', invite.offer);
  setVariable(channel, 'endpoint_disposition', 'RECEIVED');
  channel.state = 'CS_INIT';
  watchMedia(sw, session, media);
  leg.belongTo(session);
  await runSession(sw, session);
}
