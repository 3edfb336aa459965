import { CLASS_OF_CHANNEL, configurationProblems, DEFAULT_WRAP_UP_MS, ENGINE_LIMITS } from '../engine/index.ts';
import { expectedArrivals } from './arrivals.ts';
import { type AgentGroup, type ContactType, type Scenario, scenarioSchema } from './scenario.ts';

export type ScenarioOutcome =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Contacts of all replications together; more would run for hours. */
export const MOST_CONTACTS = 20_000_000;

/** Checks a scenario as a whole: every problem is listed, as `path: what is wrong`. */
export function readScenario(value: unknown): ScenarioOutcome {
  const parsed = scenarioSchema.safeParse(value);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map(({ path, message }) => `${pathOf(path)}: ${message}`) };
  }
  const scenario = parsed.data;
  const problems = [
    ...configurationProblems(scenario.configuration).map((problem) => `configuration.${problem}`),
    ...wholeProblems(scenario),
    ...scenario.agentGroups.flatMap((group, index) =>
      groupProblems(group, scenario).map((problem) => `agentGroups[${index}].${problem}`),
    ),
    ...scenario.contactTypes.flatMap((type, index) =>
      typeProblems(type, scenario).map((problem) => `contactTypes[${index}].${problem}`),
    ),
  ];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, scenario };
}

/** `agentGroups[2].shifts[0].toMs`. */
function pathOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'scenario';
}

function wholeProblems(scenario: Scenario): string[] {
  const problems: string[] = [];
  if (scenario.warmUpMs >= scenario.durationMs) problems.push('warmUpMs: must be less than durationMs');
  if (scenario.configuration.agents?.length)
    problems.push('configuration.agents: must be empty; agents are in agentGroups');
  const agents = scenario.agentGroups.reduce((sum, { count }) => sum + count, 0);
  if (agents > ENGINE_LIMITS.agents) problems.push(`agentGroups: at most ${ENGINE_LIMITS.agents} agents together`);
  for (const list of ['agentGroups', 'contactTypes'] as const) {
    const names = scenario[list].map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) < index) problems.push(`${list}[${index}].name: "${name}" is there already`);
    });
  }
  const contacts = scenario.contactTypes.reduce(
    (sum, { arrivals }) => sum + expectedArrivals(arrivals, scenario.durationMs),
    0,
  );
  if (contacts * scenario.replications > MOST_CONTACTS)
    problems.push(
      `replications: at most ${MOST_CONTACTS} contacts over all, these are about ${Math.round(contacts * scenario.replications)}`,
    );
  return problems;
}

function groupProblems(group: AgentGroup, { configuration, durationMs }: Scenario): string[] {
  const problems: string[] = [];
  group.queues.forEach(({ queueId }, index) => {
    if (!configuration.queues.some(({ id }) => id === queueId))
      problems.push(`queues[${index}].queueId: there is no queue "${queueId}"`);
  });
  let freeFromMs = 0;
  group.shifts?.forEach(({ fromMs, toMs, breaks }, index) => {
    const at = `shifts[${index}]`;
    if (toMs <= fromMs) problems.push(`${at}.toMs: must be after fromMs`);
    if (fromMs < freeFromMs) problems.push(`${at}.fromMs: must not be before the end of the shift above`);
    if (fromMs >= durationMs) problems.push(`${at}.fromMs: must be before the end of the scenario`);
    freeFromMs = toMs;
    breaks.forEach(({ atMs, forMs, spreadMs, reason }, place) => {
      const where = `${at}.breaks[${place}]`;
      if (atMs < fromMs || atMs + spreadMs + forMs > toMs) problems.push(`${where}: must lie within the shift`);
      if (reason !== undefined && !configuration.breakReasons?.includes(reason))
        problems.push(`${where}.reason: "${reason}" is not in configuration.breakReasons`);
    });
  });
  for (const [name, rule] of Object.entries(group.answering)) {
    if (rule.noAnswerShare + rule.declineShare > 1)
      problems.push(`answering.${name}: noAnswerShare and declineShare are more than 1 together`);
  }
  return problems;
}

function typeProblems(type: ContactType, { configuration }: Scenario): string[] {
  const problems: string[] = [];
  const ask = (path: string, queueId: string) => {
    if (!configuration.queues.some(({ id }) => id === queueId))
      problems.push(`${path}: there is no queue "${queueId}"`);
  };
  ask('queueId', type.queueId);
  type.alsoQueues?.forEach((queueId, index) => {
    ask(`alsoQueues[${index}]`, queueId);
  });
  if (type.transfer) ask('transfer.queueId', type.transfer.queueId);
  const { arrivals } = type;
  if (arrivals.kind === 'recorded') {
    const wrong = arrivals.atMs.findIndex((atMs, index) => index > 0 && atMs < arrivals.atMs[index - 1]!);
    if (wrong >= 0) problems.push(`arrivals.atMs[${wrong}]: must not be before the one above`);
  }
  const queue = configuration.queues.find(({ id }) => id === type.queueId);
  const channelClass = CLASS_OF_CHANNEL[type.channel];
  if (type.wrapUp && (queue?.wrapUpMs?.[channelClass] ?? DEFAULT_WRAP_UP_MS[channelClass]) === 0)
    problems.push(`wrapUp: the queue "${type.queueId}" has no wrap-up for ${channelClass}`);
  return problems;
}
