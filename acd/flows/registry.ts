import type { AnyNode, NodeKind } from './node.ts';
import { branchNode } from './nodes/branch.ts';
import { collectNode } from './nodes/collect.ts';
import { greetingNode } from './nodes/greeting.ts';
import { hangUpNode } from './nodes/hang-up.ts';
import { hoursNode } from './nodes/hours.ts';
import { languageNode } from './nodes/language.ts';
import { lookupNode } from './nodes/lookup.ts';
import { menuNode } from './nodes/menu.ts';
import { queueNode } from './nodes/queue.ts';
import { setNode } from './nodes/set.ts';
import { transferNode } from './nodes/transfer.ts';
import { voicemailNode } from './nodes/voicemail.ts';

/** Every kind of node there is. A new kind adds its file and one line here. */
const KINDS = [
  greetingNode,
  menuNode,
  hoursNode,
  setNode,
  branchNode,
  collectNode,
  lookupNode,
  queueNode,
  voicemailNode,
  transferNode,
  languageNode,
  hangUpNode,
] as const;

/** Names of all kinds. */
export const NODE_KINDS: readonly string[] = KINDS.map((kind) => kind.kind);

const BY_KIND = new Map(KINDS.map((kind) => [kind.kind, kind as unknown as NodeKind]));

/** The kind with that name. A node that went through its kind's schema may be passed to it. */
export function nodeKind(kind: string): NodeKind | undefined {
  return BY_KIND.get(kind);
}

/** The kind of a checked node. */
export function kindOf(node: AnyNode): NodeKind {
  return BY_KIND.get(node.kind)!;
}
