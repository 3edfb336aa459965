import type { InviteTarget } from '../sip/index.ts';
import type { Cause } from './causes.ts';
import type { Session } from './session.ts';

/** What became of ringing phones. */
export type OriginateOutcome =
  | { readonly kind: 'answered'; readonly session: Session }
  | { readonly kind: 'failed'; readonly cause: Cause };

/** What a leg is dialled with: the SIP side, and what its channel says of it. */
export interface DialPlan {
  readonly profile: string;
  readonly target: InviteTarget;
  /** `sip:` URI without brackets. */
  readonly uri: string;
  readonly credentials?: { readonly user: string; readonly password: string };
  readonly fromUser?: string;
  /** Browsers register over WebSocket; everything else speaks plain RTP. */
  readonly webrtc: boolean;
}
