import type { Session } from '../core/session.ts';
import type { LegConference } from '../media/index.ts';

/** One leg in a room. */
export interface ConferenceMember {
  /** Counts up over all rooms of the switch. */
  readonly id: number;
  readonly session: Session;
  readonly joinedAtMs: number;
  /** Is heard by the others. */
  speaks: boolean;
  /** Hears the others. */
  hears: boolean;
  talking: boolean;
}

/** A room: made when the first leg comes, gone with the last. */
export interface Conference {
  readonly name: string;
  readonly profile: string;
  readonly uuid: string;
  readonly startedAtMs: number;
  readonly room: LegConference;
  /** Newest first, as FreeSWITCH lists them. */
  readonly members: ConferenceMember[];
  floorId: number | undefined;
}
