import type { Flow, FlowProblem } from './flow.ts';
import type { Way } from './node.ts';
import { kindOf } from './registry.ts';

/** Ways that lead nowhere, nodes that nothing leads to, and circles that a caller could be in for ever without doing anything. */
export function findGraphProblems(flow: Flow): readonly FlowProblem[] {
  const ways = new Map(Object.entries(flow.nodes).map(([id, node]) => [id, kindOf(node).ways(node)]));
  const problems: FlowProblem[] = [];
  if (!ways.has(flow.start)) problems.push({ path: 'start', message: `there is no node "${flow.start}"` });
  for (const [id, list] of ways) {
    for (const way of list) {
      if (!ways.has(way.to)) {
        problems.push({ path: ['nodes', id, ...way.path].join('.'), message: `there is no node "${way.to}"` });
      }
    }
  }
  const reached = reachable(flow.start, ways);
  for (const id of ways.keys()) {
    if (!reached.has(id) && ways.has(flow.start))
      problems.push({ path: `nodes.${id}`, message: 'nothing leads to this node' });
  }
  problems.push(...findCircles(ways));
  return problems;
}

function reachable(start: string, ways: ReadonlyMap<string, readonly Way[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const way of ways.get(id) ?? []) open.push(way.to);
  }
  return reached;
}

/** One problem per circle of unpaced ways, at the way that closes it. */
function findCircles(ways: ReadonlyMap<string, readonly Way[]>): FlowProblem[] {
  const problems: FlowProblem[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string): void => {
    state.set(id, 'open');
    for (const way of ways.get(id) ?? []) {
      if (way.paced || !ways.has(way.to)) continue;
      const seen = state.get(way.to);
      if (seen === 'open') {
        problems.push({
          path: ['nodes', id, ...way.path].join('.'),
          message: `leads back to "${way.to}" without any input: the caller would go round for ever`,
        });
      } else if (seen === undefined) visit(way.to);
    }
    state.set(id, 'done');
  };
  for (const id of ways.keys()) if (!state.has(id)) visit(id);
  return problems;
}
