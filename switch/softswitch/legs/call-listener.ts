import { type Cause, causeOfQ850 } from '../core/causes.ts';
import { setVariable } from '../core/channel.ts';
import { queueDigit } from '../core/digits.ts';
import { hangUp } from '../core/hang-up.ts';
import { hold, unhold } from '../core/hold.ts';
import type { Session } from '../core/session.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import type { LegMedia } from '../media/index.ts';
import type { CallEnd, CallListener, OfferAnswer } from '../sip/index.ts';
import { followRefer } from './refer.ts';

const SAMPLES_PER_MS = 8;

const END_CAUSES: Readonly<Record<CallEnd['reason'], Cause>> = {
  'remote-bye': 'NORMAL_CLEARING',
  'local-bye': 'NORMAL_CLEARING',
  'session-expired': 'RECOVERY_ON_TIMER_EXPIRE',
  'no-ack': 'RECOVERY_ON_TIMER_EXPIRE',
  'dialog-lost': 'NORMAL_TEMPORARY_FAILURE',
  closed: 'SYSTEM_SHUTDOWN',
};

async function takeOffer(sw: SwitchCore, session: Session, media: LegMedia, sdp: string): Promise<OfferAnswer> {
  const outcome = await media.acceptOffer(sdp);
  if (outcome.kind === 'refused') return { kind: 'refuse', status: outcome.reason === 'invalid-sdp' ? 400 : 488 };
  if (outcome.negotiated.heldByPeer) hold(sw, session);
  else if (session.held) unhold(sw, session);
  return { kind: 'answer', sdp: outcome.sdp };
}

/** What a leg does when its phone does something inside the call. */
export function callListener(sw: SwitchCore, session: Session, media: LegMedia): CallListener {
  return {
    onOffer: async (_call, offer) => {
      if (offer !== undefined) return takeOffer(sw, session, media, offer);
      return { kind: 'answer', sdp: await media.createOffer() };
    },
    onRemoteSdp: (_call, sdp) => {
      void media.acceptAnswer(sdp);
    },
    onDigit: (_call, digit, durationMs) => {
      queueDigit(session, { digit, durationSamples: Math.round(durationMs * SAMPLES_PER_MS), source: 'INFO' });
    },
    onRefer: (_call, refer) => followRefer(sw, session, refer),
    onEnd: (_call, end) => {
      const told = end.q850 === undefined ? undefined : causeOfQ850(end.q850);
      hangUp(sw, session, told ?? END_CAUSES[end.reason]);
      if (end.reason === 'remote-bye') setVariable(session.channel, 'sip_hangup_disposition', 'recv_bye');
    },
  };
}
