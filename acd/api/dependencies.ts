import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import type { ApiTokens, People, Phones, Sessions } from '../access/index.ts';
import type { FloorViews } from '../floor/index.ts';
import type { Shifts } from '../shifts/index.ts';
import type { Database } from '../store/index.ts';
import type { CommandOutcome, VoiceCommand } from '../voice/index.ts';
import type { ConfigurationDesk } from './configuration-desk.ts';
import type { Names } from './contact-presenter.ts';
import type { AgentExplanation, ContactExplanation, Directory, Locale, Role } from './contract/index.ts';

/** Whose view is old now. */
export type ViewChange =
  | { readonly kind: 'desk'; readonly agentId: string }
  /** Lengths of queues, which every desk shows. */
  | { readonly kind: 'queues' }
  | { readonly kind: 'floor' }
  | { readonly kind: 'callers' };

/** What the API is made of. Each part is small enough to be replaced in a test. */
export interface ApiDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sessions: Sessions;
  readonly apiTokens: ApiTokens;
  readonly people: People;
  readonly phones: Phones;
  readonly shifts: Shifts;
  readonly views: FloorViews;
  readonly configuration: ConfigurationDesk;
  /** Does what a person asks of a call. */
  run(command: VoiceCommand): Promise<CommandOutcome>;
  /** The contact to which an offer belongs, while it stands. */
  contactOfOffer(offerId: string): string | undefined;
  /** The agent's page has a new phone: a running call is brought to it, and a missing one is noticed. */
  phoneExpected(agentId: string): void;
  /** People were added or changed: what is kept of them in memory is read anew. */
  staffChanged(): Promise<void>;
  /** How much there is to do now, for `/metrics`. */
  load(): { readonly callsUp: number; readonly journalQueued: number; readonly pageSockets: number };
  /** Called with whoever's view changed. Returns how to stop. */
  onViewChange(listener: (change: ViewChange) => void): () => void;
  /** A guest of the caller page is about to call. */
  guestExpected(phoneUser: string, displayName: string | undefined): Promise<void>;
  /** Names of queues, agents and dispositions as they are now. */
  names(): Names;
  /** What an agent can choose from; `forAgentId` is left out of the list of agents. */
  directory(forAgentId: string): Directory;
  explainContact(contactId: string): ContactExplanation | undefined;
  explainAgent(agentId: string): AgentExplanation | undefined;
  /** Says whether the parts that calls need are there: for load balancers and probes. */
  health(): Readonly<Record<'store' | 'switch' | 'routing', boolean>>;
  readonly settings: {
    readonly companyName: string;
    readonly defaultLocale: Locale;
    readonly entryNumber: string;
    /** Where any SIP phone can call. */
    readonly sipAddress: string;
    /** What browsers' phones connect to. */
    readonly webSocketUrl: string;
    /** True on a fresh machine; the sign-in page then shows `demoUsers`. */
    readonly demo: boolean;
    readonly demoUsers: readonly { readonly username: string; readonly password: string; readonly role: Role }[];
    readonly directorySecret: string;
    readonly recordingsDir: string;
    /** The day of "today" begins at midnight of this offset. */
    readonly utcOffsetMinutes: number;
    /** The folder of the built pages; undefined serves none. */
    readonly pagesDir: string | undefined;
    /** True when pages come over TLS, so that the cookie is marked `Secure`. */
    readonly secureCookies: boolean;
    /** Requests that one person, system or address may make a minute; 1,200 when absent. */
    readonly requestsAMinute?: number;
  };
}
