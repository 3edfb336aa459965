import {
  CHANNEL_CLASSES,
  CHANNELS,
  type Configuration,
  ENGINE_LIMITS,
  ESTIMATORS,
  type LimitOutcome,
} from '../configuration.ts';
import {
  areGroups,
  areMemberships,
  isCapacity,
  isId,
  isListOf,
  isPlain,
  isPoints,
  isSkills,
  isSpanMs,
  isTimeMs,
  isWeight,
  isWhole,
  type Plain,
} from './value.ts';

const STRATEGIES: Readonly<Record<string, (strategy: Plain) => boolean>> = {
  'longest-idle': ({ since }) => ['queue', 'any', 'voice', 'accumulated'].includes(since as string),
  'least-busy': () => true,
  'fewest-handled': scoped,
  'least-talk': scoped,
  'round-robin': scoped,
  'top-down': () => true,
  random: () => true,
  'weighted-random': () => true,
  'most-skilled': () => true,
  'least-skilled': () => true,
  'ring-all': ({ most }) => most === undefined || isWhole(most, 1, ENGINE_LIMITS.parallelOffers),
  'ring-progressive': ({ first, more, everyMs }) =>
    [first, more].every((value) => value === undefined || isWhole(value, 1, ENGINE_LIMITS.parallelOffers)) &&
    isSpanMs(everyMs, 1_000),
};

function scoped({ scope }: Plain): boolean {
  return scope === undefined || scope === 'queue' || scope === 'all';
}

function isAgeing(value: unknown): boolean {
  return (
    isPlain(value) &&
    isWhole(value['pointsPerMinute'], 0, 1_000) &&
    (value['cap'] === undefined || isWhole(value['cap'], 0, 1_000_000))
  );
}

function isPeriods(value: unknown): boolean {
  return isListOf(
    value,
    24,
    (period) =>
      isPlain(period) &&
      isWhole(period['from'], 0, 1_439) &&
      isWhole(period['to'], 1, 1_440) &&
      period['from'] < period['to'],
  );
}

const isOffset = (value: unknown): boolean => isWhole(value, -14 * 60, 14 * 60);

/** Everything that is wrong with a configuration, each with its place; empty when it is valid. Takes any value. */
export function configurationProblems(value: unknown): string[] {
  const problems: string[] = [];
  if (!isPlain(value)) return ['configuration: not an object'];
  const say = (holds: boolean, what: string) => {
    if (!holds) problems.push(what);
  };
  const { version, queues, agents, calendars, breakReasons, refusalDelays, segments, channelPriority, capacity } =
    value;
  say(isWhole(version, 0, Number.MAX_SAFE_INTEGER), 'version: a whole number from 0');
  if (!isListOf(queues, ENGINE_LIMITS.queues, isPlain))
    return [...problems, `queues: a list of at most ${ENGINE_LIMITS.queues}`];
  const queueIds = idsOf(queues, 'queues', say);
  const calendarIds = isListOf(calendars ?? [], 1_000, isPlain)
    ? idsOf((calendars ?? []) as Plain[], 'calendars', say)
    : new Set<string>();
  say(isListOf(calendars ?? [], 1_000, isPlain), 'calendars: a list of at most 1000');
  if (Array.isArray(calendars))
    each(calendars as readonly Plain[], (entry, index) => checkCalendar(entry, `calendars[${index}]`, say));
  each(queues, (queue, index) => checkQueue(queue as Plain, `queues[${index}]`, queueIds, calendarIds, say));
  if (isListOf(agents ?? [], ENGINE_LIMITS.agents, isPlain)) {
    const list = (agents ?? []) as Plain[];
    idsOf(list, 'agents', say);
    each(list, (agent, index) => checkAgent(agent, `agents[${index}]`, queueIds, say));
  } else say(false, `agents: a list of at most ${ENGINE_LIMITS.agents}`);
  say(capacity === undefined || isCapacity(capacity), 'capacity: slots and blockedBy for every channel class');
  say(breakReasons === undefined || isListOf(breakReasons, 200, isId), 'breakReasons: a list of at most 200 names');
  if (refusalDelays !== undefined) {
    const delays = refusalDelays as Plain;
    for (const name of ['noAnswerMs', 'busyMs', 'declinedMs', 'failedMs']) {
      say(isPlain(delays) && isWhole(delays[name], 1, 3_600_000), `refusalDelays.${name}: 1 to 3600000`);
    }
    say(isPlain(delays) && isWhole(delays['noAnswerLimit'], 0, 1_000), 'refusalDelays.noAnswerLimit: 0 to 1000');
  }
  say(segments === undefined || isPlain(segments), 'segments: an object');
  for (const [name, segment] of Object.entries(isPlain(segments) ? segments : {})) {
    say(
      isPlain(segment) && (segment['priority'] === undefined || isPoints(segment['priority'])),
      `segments.${name}.priority: whole points`,
    );
    say(
      isPlain(segment) && (segment['ageing'] === undefined || isAgeing(segment['ageing'])),
      `segments.${name}.ageing`,
    );
  }
  for (const [name, points] of Object.entries(isPlain(channelPriority) ? channelPriority : {})) {
    say(
      (CHANNELS as readonly string[]).includes(name) && isPoints(points),
      `channelPriority.${name}: whole points of a channel`,
    );
  }
  say(value['utcOffsetMinutes'] === undefined || isOffset(value['utcOffsetMinutes']), 'utcOffsetMinutes: -840 to 840');
  return problems;
}

type Say = (holds: boolean, what: string) => void;

function each<T>(list: readonly T[], check: (entry: T, index: number) => void): void {
  for (let index = 0; index < list.length; index++) check(list[index]!, index);
}

function idsOf(list: readonly unknown[], name: string, say: Say): Set<string> {
  const ids = new Set<string>();
  each(list, (entry, index) => {
    const id = (entry as Plain)['id'];
    if (!isId(id)) return say(false, `${name}[${index}].id: 1 to ${ENGINE_LIMITS.idLength} characters`);
    say(!ids.has(id), `${name}[${index}].id: ${id} is there twice`);
    ids.add(id);
  });
  return ids;
}

function checkAgent(agent: Plain, at: string, queueIds: ReadonlySet<string>, say: Say) {
  const { skills, queues, groups, capacity, weight } = agent;
  say(skills === undefined || isSkills(skills), `${at}.skills: levels 1 to 10`);
  say(queues === undefined || areMemberships(queues), `${at}.queues: memberships, each queue once`);
  if (queues !== undefined && areMemberships(queues)) {
    for (const { queueId } of queues as { queueId: string }[])
      say(queueIds.has(queueId), `${at}.queues: no queue ${queueId}`);
  }
  say(groups === undefined || areGroups(groups), `${at}.groups: names, each once`);
  say(capacity === undefined || isCapacity(capacity), `${at}.capacity`);
  say(weight === undefined || isWeight(weight), `${at}.weight: above 0`);
}

function checkCalendar(calendar: Plain, at: string, say: Say) {
  const { week, dates, utcOffsetMinutes, offsetChanges } = calendar;
  say(isListOf(week, 7, isPeriods) && week.length === 7, `${at}.week: 7 lists of periods`);
  say(isOffset(utcOffsetMinutes), `${at}.utcOffsetMinutes: -840 to 840`);
  say(dates === undefined || isPlain(dates), `${at}.dates: an object`);
  for (const [date, periods] of Object.entries(isPlain(dates) ? dates : {})) {
    say(/^\d{4}-\d{2}-\d{2}$/.test(date) && isPeriods(periods), `${at}.dates.${date}`);
  }
  say(
    offsetChanges === undefined ||
      isListOf(
        offsetChanges,
        1_000,
        (change) => isPlain(change) && isTimeMs(change['fromMs']) && isOffset(change['utcOffsetMinutes']),
      ),
    `${at}.offsetChanges`,
  );
}

function checkQueue(
  queue: Plain,
  at: string,
  queueIds: ReadonlySet<string>,
  calendarIds: ReadonlySet<string>,
  say: Say,
) {
  const { strategy, offerTimeoutMs, wrapUpMs, relaxation, entryLimits, waitingLimits, reserve, callback, estimator } =
    queue;
  say(queue['priority'] === undefined || isPoints(queue['priority']), `${at}.priority: whole points`);
  say(queue['ageing'] === undefined || isAgeing(queue['ageing']), `${at}.ageing: whole points per minute, 0 to 1000`);
  say(
    strategy === undefined ||
      (isPlain(strategy) &&
        Object.hasOwn(STRATEGIES, String(strategy['kind'])) &&
        STRATEGIES[String(strategy['kind'])]!(strategy)),
    `${at}.strategy`,
  );
  for (const name of CHANNEL_CLASSES) {
    const timeout = isPlain(offerTimeoutMs) ? offerTimeoutMs[name] : undefined;
    say(timeout === undefined || isWhole(timeout, 1_000, 3_600_000), `${at}.offerTimeoutMs.${name}: 1000 to 3600000`);
    const wrapUp = isPlain(wrapUpMs) ? wrapUpMs[name] : undefined;
    say(wrapUp === undefined || isWhole(wrapUp, 0, 3_600_000), `${at}.wrapUpMs.${name}: 0 to 3600000`);
  }
  say(queue['wrapUpMostMs'] === undefined || isSpanMs(queue['wrapUpMostMs']), `${at}.wrapUpMostMs`);
  say(queue['shortAbandonMs'] === undefined || isSpanMs(queue['shortAbandonMs']), `${at}.shortAbandonMs`);
  say(
    estimator === undefined || estimator === 'best' || (ESTIMATORS as readonly unknown[]).includes(estimator),
    `${at}.estimator`,
  );
  say(
    queue['calendarId'] === undefined || calendarIds.has(queue['calendarId'] as string),
    `${at}.calendarId: no such calendar`,
  );
  say(
    queue['blocklist'] === undefined || isListOf(queue['blocklist'], 100_000, (entry) => typeof entry === 'string'),
    `${at}.blocklist`,
  );
  say(
    queue['announce'] === undefined || (isPlain(queue['announce']) && isSpanMs(queue['announce']['everyMs'], 1_000)),
    `${at}.announce.everyMs`,
  );
  if (reserve !== undefined) {
    const ok = isPlain(reserve) && isSpanMs(reserve['joinAboveMs'], 1) && isSpanMs(reserve['leaveBelowMs']);
    say(
      ok && (reserve['leaveBelowMs'] as number) < (reserve['joinAboveMs'] as number),
      `${at}.reserve: leaveBelowMs below joinAboveMs`,
    );
  }
  if (callback !== undefined) checkCallback(callback, `${at}.callback`, calendarIds, say);
  const isRelaxation = isListOf(relaxation ?? [], ENGINE_LIMITS.relaxationSteps, isPlain);
  say(isRelaxation, `${at}.relaxation: at most ${ENGINE_LIMITS.relaxationSteps} steps`);
  if (isRelaxation)
    each((relaxation ?? []) as Plain[], (step, index) => checkStep(step, `${at}.relaxation[${index}]`, queueIds, say));
  for (const [name, limits] of [
    ['entryLimits', entryLimits],
    ['waitingLimits', waitingLimits],
  ] as const) {
    const isLimits = isListOf(limits ?? [], 20, isPlain);
    say(isLimits, `${at}.${name}: at most 20`);
    if (isLimits)
      each((limits ?? []) as Plain[], (limit, index) =>
        checkLimit(limit, name, `${at}.${name}[${index}]`, queueIds, say),
      );
  }
}

function checkCallback(callback: unknown, at: string, calendarIds: ReadonlySet<string>, say: Say) {
  if (!isPlain(callback)) return say(false, at);
  say(isWhole(callback['attempts'], 1, 20), `${at}.attempts: 1 to 20`);
  say(isSpanMs(callback['gapMs'], 1_000), `${at}.gapMs: from 1000`);
  say(isSpanMs(callback['dialTimeoutMs'], 1_000), `${at}.dialTimeoutMs: from 1000`);
  say(isSpanMs(callback['leadMs']), `${at}.leadMs`);
  say(
    callback['duplicates'] === 'refuse' || callback['duplicates'] === 'replace',
    `${at}.duplicates: refuse or replace`,
  );
  say(
    callback['calendarId'] === undefined || calendarIds.has(callback['calendarId'] as string),
    `${at}.calendarId: no such calendar`,
  );
}

function checkStep(step: Plain, at: string, queueIds: ReadonlySet<string>, say: Say) {
  say(isSpanMs(step['afterMs']), `${at}.afterMs`);
  const action = step['action'];
  if (!isPlain(action)) return say(false, `${at}.action`);
  const known: Readonly<Record<string, () => boolean>> = {
    'lower-level': () => isId(action['skill']) && isWhole(action['to'], 1, 10),
    'drop-skill': () => isId(action['skill']),
    'add-queue': () => queueIds.has(action['queueId'] as string),
    'add-group': () => isId(action['group']),
    'raise-priority': () => isPoints(action['by']),
  };
  const name = String(action['do']);
  say(Object.hasOwn(known, name) && known[name]!(), `${at}.action`);
}

function checkLimit(
  limit: Plain,
  list: 'entryLimits' | 'waitingLimits',
  at: string,
  queueIds: ReadonlySet<string>,
  say: Say,
) {
  const measures: Readonly<Record<string, () => boolean>> =
    list === 'entryLimits'
      ? {
          size: () => isWhole(limit['atLeast'], 0, 1_000_000),
          'estimated-wait': () => isSpanMs(limit['aboveMs']),
          'nobody-signed-in': () => true,
          closed: () => true,
          blocked: () => true,
        }
      : {
          waited: () => isSpanMs(limit['ms'], 1_000),
          'estimated-wait': () => isSpanMs(limit['aboveMs']),
          'nobody-left': () => true,
        };
  const when = String(limit['when']);
  say(Object.hasOwn(measures, when) && measures[when]!(), `${at}: when and its measure`);
  say(isOutcome(limit['then'], queueIds), `${at}.then`);
}

/** Whether a value is an outcome of a limit; a queue that it names must be there. */
export function isOutcome(value: unknown, queueIds: ReadonlySet<string>): value is LimitOutcome {
  if (!isPlain(value)) return false;
  const { to } = value;
  if (to === 'queue') return queueIds.has(value['queueId'] as string);
  if (to === 'external') return isId(value['number']);
  return ['callback', 'voicemail', 'message', 'ticket', 'hang-up'].includes(to as string);
}

/** The same as a guard. */
export function isConfiguration(value: unknown): value is Configuration {
  return configurationProblems(value).length === 0;
}
