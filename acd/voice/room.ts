import type { Clock, Timer } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import type { CallControl, LegId } from '../../switch/index.ts';
import type { LookupClient, PromptLibrary } from '../flows/index.ts';
import type { Call } from './call.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { LinkWatch } from './link-watch.ts';
import type { FlowShelf, Routing, VoiceDirectory, VoiceRecords } from './ports.ts';
import type { VoiceSettings } from './settings.ts';

/** What a leg is in its call. */
export type LegPart = 'caller' | 'offer' | 'agent' | 'consult' | 'outside' | 'supervisor';

export interface KnownLeg {
  readonly contactId: string;
  readonly part: LegPart;
}

/** What is on the disk of a recording. */
export type RecordingLook = (
  path: string,
) => Promise<
  | { readonly kind: 'complete' | 'cut-short'; readonly durationMs: number; readonly sizeBytes: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
>;

/** What every verb of this room works with. */
export interface VoiceRoom {
  readonly controls: readonly CallControl[];
  readonly routing: Routing;
  readonly records: VoiceRecords;
  readonly directory: VoiceDirectory;
  readonly flows: FlowShelf;
  readonly prompts: PromptLibrary;
  readonly lookup: LookupClient;
  readonly lookAtRecording: RecordingLook;
  /** Makes a folder with all above it, if it is not there. */
  readonly makeFolder: (path: string) => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: VoiceSettings;
  readonly newId: () => string;
  readonly calls: Map<string, Call>;
  readonly legs: Map<LegId, KnownLeg>;
  /** Contacts that are over, the latest last, with the phone of ours they came from: its page still looks. */
  readonly ended: Map<string, string | undefined>;
  readonly changes: ChangeFeed;
  readonly links: LinkWatch;
  /** Contacts found in the database after a start whose legs have not been looked for yet. */
  readonly unresumed: Set<string>;
  /** Offers that wait for the switch of their caller. */
  readonly heldOffers: Map<string, { readonly call: Call; readonly timer: Timer }>;
  /** Contacts that ended because their switch was away for too long: what is left of them there is looked at when it is back. */
  readonly forsaken: Map<string, CallControl>;
  /** Legs of forsaken contacts whose people still talked when the switch came back. They may finish. */
  readonly finishing: Set<LegId>;
  /** Callers who hear why they can't be served. They have no contact and are no arrivals any more. */
  readonly leaving: Map<LegId, CallControl>;
  /** No new call is taken; those that are up go on. */
  draining: boolean;
  /** Set once: nothing is waited for any more. */
  closing: boolean;
}

/** The call that a leg belongs to. */
export function callOfLeg(room: VoiceRoom, legId: LegId): { call: Call; part: LegPart } | undefined {
  const known = room.legs.get(legId);
  const call = known && room.calls.get(known.contactId);
  return call && known ? { call, part: known.part } : undefined;
}
