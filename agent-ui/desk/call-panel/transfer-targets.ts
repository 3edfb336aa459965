import type { AgentState, AgentStatus, Directory, LocalName, TransferTarget } from '../../../acd/api/contract/index.ts';

/** A place where a call can go, with what helps to choose it. */
export interface TransferChoice {
  readonly key: string;
  readonly target: TransferTarget;
  readonly label: string;
  readonly waiting?: number;
  readonly status?: AgentStatus;
  readonly state?: AgentState;
}

const NUMBER = /^\+?[0-9*#]{2,20}$/;

/** What matches the typed words, agents who are free first. A typed number is a choice of its own. */
export function transferChoices(
  directory: Directory | undefined,
  typed: string,
  name: (name: LocalName) => string,
): readonly TransferChoice[] {
  const wanted = typed.trim().toLowerCase();
  const matches = (label: string) => label.toLowerCase().includes(wanted);
  const digits = wanted.replace(/[\s()-]/g, '');
  const number: TransferChoice[] = NUMBER.test(digits)
    ? [{ key: `number.${digits}`, target: { kind: 'number', number: digits }, label: digits }]
    : [];
  if (!directory) return number;
  const queues = directory.queues.map((queue) => ({
    key: `queue.${queue.queueId}`,
    target: { kind: 'queue' as const, queueId: queue.queueId },
    label: name(queue.name),
    waiting: queue.waiting,
  }));
  const free = (agent: Directory['agents'][number]) => agent.status === 'available' && agent.state === 'idle';
  const agents = [...directory.agents]
    .sort((a, b) => Number(free(b)) - Number(free(a)) || a.displayName.localeCompare(b.displayName))
    .map((agent) => ({
      key: `agent.${agent.agentId}`,
      target: { kind: 'agent' as const, agentId: agent.agentId },
      label: agent.displayName,
      status: agent.status,
      state: agent.state,
    }));
  const flows = directory.flows.map((flow) => ({
    key: `flow.${flow.flowId}`,
    target: { kind: 'flow' as const, flowId: flow.flowId },
    label: name(flow.name),
  }));
  return [...number, ...[...queues, ...agents, ...flows].filter((choice) => matches(choice.label))];
}
