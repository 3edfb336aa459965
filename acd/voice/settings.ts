/** Timings of the voice room, ms. */
export interface VoiceSettings {
  /** How long an agent whose phone died has to come back before the caller goes back to the queue. */
  readonly agentReturnMs: number;
  /** From the phone's answer to the bridge. */
  readonly connectTimeoutMs: number;
  /** The longest that a caller may be in menus and messages. */
  readonly flowTimeoutMs: number;
  /** The longest that a caller may wait, whatever the queue says. */
  readonly waitTimeoutMs: number;
  /** How often what we believe is compared with what the switch says. */
  readonly auditEveryMs: number;
  /** How often a caller is tried again while the database is away, and how many times. */
  readonly busyRetryMs: number;
  readonly busyRetries: number;
  /** Gap before something that routing must hear is told again. */
  readonly tellRetryMs: number;
  /** How long a finished call may wait for its wrap-up to be closed. */
  readonly wrapUpTimeoutMs: number;
  /** How long one command waits for a lost link to come back. */
  readonly linkTimeoutMs: number;
  /** How long the calls of a switch that is away are kept. */
  readonly linkGiveUpMs: number;
  /** Ring time of calls to outside numbers. */
  readonly outsideRingTimeoutMs: number;
  /** Ring time of supervisors' own phones and of consultations. */
  readonly innerRingTimeoutMs: number;
  readonly recordConversations: boolean;
  /** Other servers of the routing domain reach these switches too, so a standby can take a caller whom this one leaves alone. */
  readonly switchIsShared: boolean;
  /** The recordings' folder as the switch sees it. */
  readonly switchRecordingsDir: string;
  /** The same folder as this process sees it. */
  readonly recordingsDir: string;
  /** Shown to agents' phones and outside numbers when the caller has none. */
  readonly ownNumber: string;
}

export const DEFAULT_TIMINGS = {
  agentReturnMs: 10_000,
  connectTimeoutMs: 10_000,
  flowTimeoutMs: 1_800_000,
  waitTimeoutMs: 7_200_000,
  auditEveryMs: 30_000,
  busyRetryMs: 3_000,
  busyRetries: 3,
  tellRetryMs: 1_000,
  wrapUpTimeoutMs: 3_600_000,
  linkTimeoutMs: 60_000,
  linkGiveUpMs: 120_000,
  outsideRingTimeoutMs: 30_000,
  innerRingTimeoutMs: 20_000,
  recordConversations: true,
  switchIsShared: true,
} as const;
