import { publishChannelEvent } from './build-event.ts';
import { setVariable, variableIsTrue } from './channel.ts';
import { takeDigit } from './digits.ts';
import { runQueue } from './execute.ts';
import { hangUp } from './hang-up.ts';
import { holdSound, unhold } from './hold.ts';
import type { Session } from './session.ts';
import { wake } from './session.ts';
import { requestState } from './set-state.ts';
import type { SwitchCore } from './switch-core.ts';
import { microseconds } from './time.ts';
import { mayGoOn, nextWake } from './wait.ts';

/** How long the two legs of a bridge wait for each other to leave what they did, ms. */
const MEET_TIMEOUT_MS = 5000;
/** The second leg notices the end of a bridge with its next packet, so that whoever ended the first one may still end it too. */
const PACKET_MS = 20;

/** Tells a leg's phone (and everybody) who the other side is, when that changed. */
function sendCallee(sw: SwitchCore, to: Session, other: Session, name: string, number: string): void {
  const { channel } = to;
  const shownName = name || number;
  if (!number) return;
  channel.calleeDirection = 'SEND';
  channel.sentCallee = { name: shownName, number };
  const { variables } = channel;
  if (
    variables.get('last_sent_callee_id_name') === shownName &&
    variables.get('last_sent_callee_id_number') === number
  ) {
    return;
  }
  setVariable(channel, 'last_sent_callee_id_name', shownName);
  setVariable(channel, 'last_sent_callee_id_number', number);
  publishChannelEvent(sw, channel, 'CALL_UPDATE', {
    before: [
      ['Direction', 'SEND'],
      ['Sent-Callee-ID-Name', shownName],
      ['Sent-Callee-ID-Number', number],
      ['Bridged-To', other.channel.uuid],
    ],
  });
}

function noteBridged(sw: SwitchCore, session: Session, other: Session): void {
  const now = microseconds(sw.clock.now());
  if (session.channel.profile) session.channel.profile.times.bridged = now;
  setVariable(session.channel, 'bridge_to', other.channel.uuid);
  setVariable(session.channel, 'last_bridge_to', other.channel.uuid);
}

/** What a bridged leg does meanwhile: its digits go to the other side, and what is queued for it runs. */
async function stayBridged(sw: SwitchCore, session: Session, partner: Session, over: () => boolean): Promise<void> {
  while (mayGoOn(session) && !over()) {
    const woken = await nextWake(session, sw.clock, { digits: true, until: over });
    if (woken === 'message') {
      await runQueue(sw, session);
      rejoin(sw, session, partner, over);
    } else if (woken === 'digit') {
      // What came as RTP events went to the other side as it came.
      const cameAsSound = session.digits[0]?.source === 'RTP';
      const digit = takeDigit(sw, session);
      if (digit !== undefined && !cameAsSound) partner.leg.media?.sendDigits(digit);
    }
  }
}

/** Joins the sound again after something was played to one side. */
function rejoin(sw: SwitchCore, a: Session, b: Session, over: () => boolean): void {
  if (!over() && mayGoOn(a)) joinSound(sw, a, b);
}

function joinSound(sw: SwitchCore, a: Session, b: Session): void {
  if (!a.leg.media || !b.leg.media || sw.media.partnerOf(a.leg.media) === b.leg.media) return;
  sw.media.bridge(a.leg.media, b.leg.media);
  for (const session of [a, b]) holdSound(sw, session);
}

/** A hold ends with its bridge, unless the leg is on its way into the next one. */
function endHold(sw: SwitchCore, session: Session): void {
  if (session.held && !session.bridge) unhold(sw, session);
}

/** True while the second leg is in this very bridge. */
function isSecondHere(first: Session, second: Session): boolean {
  return second.bridge?.partner === first && second.bridge.role === 'second' && mayGoOn(second);
}

/** Joins two legs that are both ready, from the first one's side, until either goes elsewhere. */
export async function joinLegs(sw: SwitchCore, first: Session, second: Session): Promise<void> {
  const [a, b] = [first.channel, second.channel];
  publishChannelEvent(sw, a, 'CHANNEL_BRIDGE', {
    before: [
      ['Bridge-A-Unique-ID', a.uuid],
      ['Bridge-B-Unique-ID', b.uuid],
    ],
  });
  noteBridged(sw, first, second);
  noteBridged(sw, second, first);
  b.callUuid = a.uuid;
  setVariable(b, 'call_uuid', a.uuid);
  requestState(second, 'CS_EXCHANGE_MEDIA');
  joinSound(sw, first, second);
  const left = () => second.channel.state !== 'CS_EXCHANGE_MEDIA' || second.bridge?.partner !== first;
  const calleeOf = a.profile;
  if (calleeOf) sendCallee(sw, first, second, calleeOf.calleeIdName, calleeOf.calleeIdNumber);
  await nextWake(first, sw.clock, { until: () => left() || isSecondHere(first, second), timeoutMs: MEET_TIMEOUT_MS });
  if (!left() && mayGoOn(first) && b.profile) {
    sendCallee(sw, second, first, b.profile.callerIdName, b.profile.callerIdNumber);
  }
  await stayBridged(sw, first, second, left);
  separate(sw, first, second);
}

/** Ends a bridge from the first leg's side and tells it. */
function separate(sw: SwitchCore, first: Session, second: Session): void {
  const [a, b] = [first.channel, second.channel];
  const media = first.leg.media;
  if (media && second.leg.media && sw.media.partnerOf(media) === second.leg.media) sw.media.unbridge(media);
  if (first.bridge?.partner === second) first.bridge = undefined;
  for (const channel of [a, b]) setVariable(channel, 'bridge_to', undefined);
  if (b.hangupCause) {
    setVariable(a, 'last_bridge_hangup_cause', b.hangupCause);
    setVariable(a, 'bridge_hangup_cause', b.hangupCause);
  }
  publishChannelEvent(sw, a, 'CHANNEL_UNBRIDGE', {
    before: [
      ['Bridge-A-Unique-ID', a.uuid],
      ['Bridge-B-Unique-ID', b.uuid],
    ],
  });
  endHold(sw, first);
  wake(second);
}

/** What becomes of a leg whose bridge is over although nobody asked it elsewhere. */
function goOnAfterBridge(sw: SwitchCore, session: Session): void {
  if (!mayGoOn(session)) return;
  if (variableIsTrue(session.channel, 'park_after_bridge')) requestState(session, 'CS_PARK');
  else hangUp(sw, session, 'NORMAL_CLEARING');
}

/** A leg on its way into a bridge: the first one waits for the second and joins them; the second one waits to be joined. */
export async function softExecute(sw: SwitchCore, session: Session): Promise<void> {
  const role = session.bridge;
  if (!role) return goOnAfterBridge(sw, session);
  const { partner } = role;
  const inStep = () => partner.channel.runningState === 'CS_SOFT_EXECUTE' && mayGoOn(partner);
  const lost = () => partner.bridge?.partner !== session || partner.channel.state === 'CS_HANGUP';
  if (role.role === 'second') {
    wake(partner);
    while (mayGoOn(session) && !lost()) {
      const woken = await nextWake(session, sw.clock, { deaf: true, until: lost, timeoutMs: MEET_TIMEOUT_MS });
      if (woken === 'timeout') break;
    }
    if (mayGoOn(session)) session.bridge = undefined;
    return goOnAfterBridge(sw, session);
  }
  await nextWake(session, sw.clock, { deaf: true, until: () => inStep() || lost(), timeoutMs: MEET_TIMEOUT_MS });
  setVariable(session.channel, 'uuid_bridge', undefined);
  if (mayGoOn(session) && !lost() && inStep()) {
    for (const [one, other] of [
      [session, partner],
      [partner, session],
    ] as const) {
      one.shownApp = { app: 'uuid_bridge', data: other.channel.uuid };
      publishChannelEvent(sw, one.channel, 'CHANNEL_EXECUTE', {
        after: [
          ['Application', 'uuid_bridge'],
          ['Application-Data', other.channel.uuid],
        ],
      });
    }
    await joinLegs(sw, session, partner);
  } else {
    if (session.bridge === role) session.bridge = undefined;
    wake(partner);
  }
  goOnAfterBridge(sw, session);
}

/** The second leg of a bridge, while it lasts. */
export async function exchangeMedia(sw: SwitchCore, session: Session): Promise<void> {
  const role = session.bridge;
  if (!role) return goOnAfterBridge(sw, session);
  const { partner } = role;
  wake(partner);
  const over = () => partner.bridge?.partner !== session;
  await stayBridged(sw, session, partner, over);
  if (session.bridge === role) session.bridge = undefined;
  endHold(sw, session);
  session.channel.callUuid = session.channel.hangupCause ? session.channel.callUuid : session.channel.uuid;
  setVariable(session.channel, 'call_uuid', session.channel.callUuid);
  wake(partner);
  if (mayGoOn(session)) await nextWake(session, sw.clock, { deaf: true, timeoutMs: PACKET_MS });
  goOnAfterBridge(sw, session);
}
