import { type Flow, type FlowProblem, flowFrameSchema, MOST_NODES } from './flow.ts';
import { findGraphProblems } from './graph.ts';
import type { AnyNode } from './node.ts';
import { kindOf, NODE_KINDS, nodeKind } from './registry.ts';
import { missingLanguages } from './sentence.ts';

/** What a flow may refer to outside of itself. A list that is absent is not checked. */
export interface FlowSurroundings {
  readonly promptIds?: ReadonlySet<string>;
  readonly queueIds?: ReadonlySet<string>;
}

export type FlowCheck =
  | { readonly kind: 'valid'; readonly flow: Flow }
  | { readonly kind: 'invalid'; readonly problems: readonly FlowProblem[] };

/** Checks a whole flow: its form, every node, and the graph. All problems are named at once, each with its place. */
export function checkFlow(input: unknown, surroundings: FlowSurroundings = {}): FlowCheck {
  const frame = flowFrameSchema.safeParse(input);
  if (!frame.success) return { kind: 'invalid', problems: problemsOf(frame.error.issues, []) };
  const problems: FlowProblem[] = [];
  const ids = Object.keys(frame.data.nodes);
  if (ids.length > MOST_NODES)
    return { kind: 'invalid', problems: [{ path: 'nodes', message: `at most ${MOST_NODES} nodes` }] };
  if (!frame.data.languages.includes(frame.data.language)) {
    problems.push({ path: 'language', message: 'must be one of the flow’s languages' });
  }
  const nodes: Record<string, AnyNode> = {};
  for (const id of ids) {
    const raw = frame.data.nodes[id]!;
    const kind = nodeKind(raw.kind);
    if (!kind) {
      problems.push({ path: `nodes.${id}.kind`, message: `unknown kind; known: ${NODE_KINDS.join(', ')}` });
      continue;
    }
    const parsed = kind.schema.safeParse(raw);
    if (parsed.success) nodes[id] = parsed.data;
    else problems.push(...problemsOf(parsed.error.issues, ['nodes', id]));
  }
  const flow: Flow = { ...frame.data, nodes };
  for (const [id, node] of Object.entries(nodes)) {
    problems.push(
      ...sentenceProblems(flow, id, node, surroundings),
      ...referenceProblems(flow, id, node, surroundings),
    );
  }
  // With a node missing from the graph every message about ways would mislead.
  if (Object.keys(nodes).length === ids.length) problems.push(...findGraphProblems(flow));
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'valid', flow };
}

function problemsOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  prefix: readonly string[],
): FlowProblem[] {
  return issues.map((issue) => ({ path: [...prefix, ...issue.path.map(String)].join('.'), message: issue.message }));
}

function sentenceProblems(flow: Flow, id: string, node: AnyNode, { promptIds }: FlowSurroundings): FlowProblem[] {
  const problems: FlowProblem[] = [];
  for (const { path, saying } of kindOf(node).sayings(node)) {
    saying.forEach((sentence, index) => {
      const place = ['nodes', id, ...path, index].join('.');
      if ('prompt' in sentence) {
        if (promptIds && !promptIds.has(sentence.prompt)) {
          problems.push({ path: `${place}.prompt`, message: 'there is no such prompt' });
        }
        return;
      }
      for (const locale of missingLanguages(sentence.text, flow.languages)) {
        problems.push({ path: `${place}.text.${locale}`, message: 'the text is missing in this language' });
      }
    });
  }
  return problems;
}

function referenceProblems(flow: Flow, id: string, node: AnyNode, { queueIds }: FlowSurroundings): FlowProblem[] {
  const problems: FlowProblem[] = [];
  const calendar = kindOf(node).calendar?.(node);
  if (calendar !== undefined && !Object.hasOwn(flow.calendars, calendar)) {
    problems.push({ path: `nodes.${id}.calendar`, message: 'there is no such calendar in this flow' });
  }
  if (queueIds && 'queueId' in node && typeof node.queueId === 'string' && !queueIds.has(node.queueId)) {
    problems.push({ path: `nodes.${id}.queueId`, message: 'there is no such queue' });
  }
  return problems;
}
