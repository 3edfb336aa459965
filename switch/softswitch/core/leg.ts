import type { LegMedia } from '../media/index.ts';
import type { Cause } from './causes.ts';

/** What a leg's phone is told. Made by the SIP glue in `legs/`, and by tests. Nothing here throws for the peer's faults. */
export interface Leg {
  /** Undefined until media was prepared; a leg without media can't be answered. */
  readonly media: LegMedia | undefined;
  /** 180. */
  ring(): void;
  /** 183 with SDP; false when it is too late or there is nothing to send. */
  preAnswer(): boolean;
  /** 200 with SDP; false when it is too late. */
  answer(): boolean;
  /** Ends the call with whatever fits its stage: a final status, BYE, or CANCEL. Idempotent. */
  hangUp(cause: Cause): void;
  /** Extra variables for the end of the call (`sip_hangup_disposition`, packet counts …). */
  endVariables(): readonly (readonly [string, string])[];
  /** Sends the phone elsewhere, where the peer can do that; false when it cannot. */
  refer?(uri: string): Promise<boolean>;
}
