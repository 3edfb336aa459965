import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import type { Phones, Sessions } from '../access/index.ts';
import type { Database } from '../store/index.ts';
import type { Names } from './contact-presenter.ts';
import type { AgentExplanation, ContactExplanation, Directory, Locale, Role } from './contract/index.ts';
import type { DeskCommands, FloorCommands, LiveViews } from './desk-commands.ts';
import type { ConfigurationDesk } from './routes/configuration.ts';

/** What the API is made of. Each part is small enough to be replaced in a test. */
export interface ApiDependencies {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sessions: Sessions;
  readonly phones: Phones;
  readonly desk: DeskCommands;
  readonly floor: FloorCommands;
  readonly views: LiveViews;
  readonly configuration: ConfigurationDesk;
  /** Names of queues, agents and dispositions as they are now. */
  names(): Promise<Names>;
  /** What an agent can choose from; `forAgentId` is left out of the list of agents. */
  directory(forAgentId: string): Promise<Directory>;
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
  };
}
