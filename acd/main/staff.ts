import type { Clock, Timer } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import { checkFlow, type Flow } from '../flows/index.ts';
import { type Agent, type Choice, type Database, listActiveFlows, listAgents, listChoices } from '../store/index.ts';

/** How often what is kept in memory is read anew, ms. */
const REFRESH_MS = 10_000;

/** What calls need to know at once and cannot wait for: agents, flows, and the words to choose from. Read anew every ten seconds. */
export interface Staff {
  agent(agentId: string): Agent | undefined;
  agentByPhone(phoneUser: string): Agent | undefined;
  agents(): readonly Agent[];
  flow(flowId: string): Flow | undefined;
  flowByNumber(number: string): Flow | undefined;
  flows(): readonly Flow[];
  dispositions(): readonly Choice[];
  breakReasons(): readonly Choice[];
  refresh(): Promise<void>;
  close(): void;
}

/** Reads everything once and keeps it fresh. While the database is away the last state serves on. */
export async function openStaff(db: Database, clock: Clock, log: Logger): Promise<Staff> {
  let byId = new Map<string, Agent>();
  let byPhone = new Map<string, Agent>();
  let flows = new Map<string, Flow>();
  let byNumber = new Map<string, Flow>();
  let dispositions: readonly Choice[] = [];
  let breakReasons: readonly Choice[] = [];
  const versions = new Map<string, number>();
  let timer: Timer | undefined;
  let closed = false;

  async function refresh(): Promise<void> {
    const agents = await listAgents(db);
    byId = new Map(agents.map((agent) => [agent.id, agent]));
    byPhone = new Map(agents.map((agent) => [agent.phoneUser, agent]));
    dispositions = await listChoices(db, 'dispositions');
    breakReasons = await listChoices(db, 'break_reasons');
    const next = new Map(flows);
    for (const row of await listActiveFlows(db)) {
      if (versions.get(row.flowId) === row.version) continue;
      const checked = checkFlow(row.definition);
      if (checked.kind === 'invalid') {
        log.error(
          { flowId: row.flowId, version: row.version, problem: checked.problems[0]?.message },
          'flow is not valid and keeps its last version',
        );
      } else next.set(row.flowId, checked.flow);
      versions.set(row.flowId, row.version);
    }
    flows = next;
    byNumber = new Map([...next.values()].flatMap((flow) => flow.numbers.map((number) => [number, flow] as const)));
  }

  function schedule(): void {
    timer = clock.after(REFRESH_MS, () => {
      refresh()
        .catch((error: unknown) => log.warn({ err: error }, 'staff and flows could not be read anew'))
        .finally(() => {
          if (!closed) schedule();
        });
    });
  }

  await refresh();
  schedule();
  return {
    agent: (agentId) => byId.get(agentId),
    agentByPhone: (phoneUser) => byPhone.get(phoneUser),
    agents: () => [...byId.values()],
    flow: (flowId) => flows.get(flowId),
    flowByNumber: (number) => byNumber.get(number),
    flows: () => [...flows.values()],
    dispositions: () => dispositions,
    breakReasons: () => breakReasons,
    refresh,
    close() {
      closed = true;
      timer?.cancel();
    },
  };
}
