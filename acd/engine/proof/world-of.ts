import type { Configuration, QueueConfiguration, Strategy } from '../index.ts';

/** What a random history plays on: small, so that everything meets everything. */
export const QUEUE_IDS = ['sales', 'service', 'vip', 'night'] as const;
export const AGENT_IDS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'] as const;

const STRATEGIES: readonly Strategy[] = [
  { kind: 'longest-idle', since: 'any' },
  { kind: 'longest-idle', since: 'queue' },
  { kind: 'longest-idle', since: 'voice' },
  { kind: 'longest-idle', since: 'accumulated' },
  { kind: 'least-busy' },
  { kind: 'fewest-handled', scope: 'queue' },
  { kind: 'fewest-handled', scope: 'all' },
  { kind: 'least-talk', scope: 'queue' },
  { kind: 'least-talk', scope: 'all' },
  { kind: 'round-robin', scope: 'queue' },
  { kind: 'round-robin', scope: 'all' },
  { kind: 'top-down' },
  { kind: 'random' },
  { kind: 'weighted-random' },
  { kind: 'most-skilled' },
  { kind: 'least-skilled' },
  { kind: 'ring-all', most: 3 },
  { kind: 'ring-progressive', first: 1, more: 1, everyMs: 3_000 },
];

/** A configuration made of a number: every bit switches something. The same number gives the same one. */
export function configurationOf(number: number, version: number, withNight: boolean): Configuration {
  let rest = number >>> 0;
  const pick = (most: number): number => {
    rest = (Math.imul(rest ^ (rest >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return (rest >>> 8) % most;
  };
  const queue = (id: string, index: number): QueueConfiguration => {
    const next = QUEUE_IDS[(index + 1) % 3]!;
    return {
      id,
      priority: pick(3) * 5,
      ageing: [
        { pointsPerMinute: 1 },
        { pointsPerMinute: 0 },
        { pointsPerMinute: 10, cap: 5 },
        { pointsPerMinute: 3, cap: 20 },
      ][pick(4)]!,
      strategy: STRATEGIES[pick(STRATEGIES.length)]!,
      offerTimeoutMs: { voice: 10_000 + pick(2) * 10_000, chat: 15_000 },
      wrapUpMs: { voice: pick(2) * 8_000, chat: pick(2) * 5_000, email: 0 },
      wrapUpMostMs: 20_000,
      relaxation: [
        [],
        [
          { afterMs: 10_000, action: { do: 'lower-level', skill: 'en', to: 1 } },
          { afterMs: 10_000, action: { do: 'drop-skill', skill: 'en' } },
          { afterMs: 5_000, action: { do: 'add-group', group: 'floor' } },
        ],
        [
          { afterMs: 0, action: { do: 'raise-priority', by: 7 } },
          { afterMs: 15_000, action: { do: 'add-queue', queueId: next } },
        ],
      ][pick(3)] as NonNullable<QueueConfiguration['relaxation']>,
      entryLimits: [
        [],
        [{ when: 'size', atLeast: 6, then: { to: 'queue', queueId: next } }],
        [{ when: 'nobody-signed-in', then: { to: 'voicemail' } }],
        [
          { when: 'closed', then: { to: 'message' } },
          { when: 'blocked', then: { to: 'hang-up' } },
        ],
        [{ when: 'estimated-wait', aboveMs: 60_000, then: { to: 'callback' } }],
      ][pick(5)] as NonNullable<QueueConfiguration['entryLimits']>,
      waitingLimits: [
        [],
        [{ when: 'waited', ms: 40_000, then: { to: 'queue', queueId: next } }],
        [{ when: 'nobody-left', then: { to: 'queue', queueId: next } }],
        [{ when: 'waited', ms: 60_000, then: { to: 'callback' } }],
        [{ when: 'estimated-wait', aboveMs: 90_000, then: { to: 'ticket' } }],
      ][pick(5)] as NonNullable<QueueConfiguration['waitingLimits']>,
      ...(pick(2) ? { calendarId: 'office' } : {}),
      blocklist: ['tel:6'],
      ...(pick(2) ? { reserve: { joinAboveMs: 20_000, leaveBelowMs: 5_000 } } : {}),
      ...(pick(2) ? { announce: { everyMs: 15_000 } } : {}),
      estimator: (['queue-length', 'last-to-enter-service', 'head-of-line', 'best'] as const)[pick(4)]!,
      callback: {
        attempts: 2,
        gapMs: 20_000,
        dialTimeoutMs: 15_000,
        leadMs: 10_000,
        duplicates: pick(2) ? 'refuse' : 'replace',
        ...(pick(3) === 0 ? { calendarId: 'office' } : {}),
      },
    };
  };
  const day = [
    { from: 0, to: 720 },
    { from: 725, to: 1440 },
  ];
  return {
    version,
    queues: QUEUE_IDS.slice(0, withNight ? 4 : 3).map(queue),
    agents: AGENT_IDS.map((id, index) => ({
      id,
      skills: [{}, { en: 1 }, { en: 3, tax: 2 }, { tax: 5 }, { en: 5 }][pick(5)] as Record<string, number>,
      queues: QUEUE_IDS.slice(0, 3)
        .filter((_, at) => pick(3) > 0 || at === index % 3)
        .map((queueId) => ({ queueId, tier: 1 + pick(2), rank: pick(3), reserve: pick(5) === 0 })),
      groups: pick(2) ? ['floor'] : [],
      weight: 1 + pick(3),
    })),
    capacity: [
      {
        slots: { voice: 1, chat: 3, email: 2 },
        blockedBy: { voice: [], chat: ['voice' as const], email: ['voice' as const] },
      },
      {
        slots: { voice: 1, chat: 2, email: 1 },
        blockedBy: { voice: ['chat' as const], chat: ['voice' as const], email: [] },
      },
    ][pick(2)]!,
    breakReasons: ['lunch'],
    calendars: [{ id: 'office', week: Array.from({ length: 7 }, () => day), utcOffsetMinutes: 480 }],
    refusalDelays: { noAnswerMs: 12_000, busyMs: 5_000, declinedMs: 4_000, failedMs: 6_000, noAnswerLimit: pick(3) },
    segments: { gold: { priority: 10, ageing: { pointsPerMinute: 5 } }, silver: { priority: pick(4) } },
    channelPriority: { chat: pick(3) },
  };
}
