import type { LocalName } from '../../acd/api/contract/index.ts';

/** A queue as far as this page reads a configuration's body. */
export interface NamedQueue {
  readonly id: string;
  readonly name: LocalName | undefined;
}

const isName = (value: unknown): value is LocalName =>
  typeof value === 'object' && value !== null && 'en' in value && 'zh-CN' in value;

/** The queues of a configuration that may be half written. */
export function queuesOf(configuration: Readonly<Record<string, unknown>>): readonly NamedQueue[] {
  const { queues } = configuration;
  if (!Array.isArray(queues)) return [];
  return queues.flatMap((queue: unknown) => {
    if (typeof queue !== 'object' || queue === null || !('id' in queue) || typeof queue.id !== 'string') return [];
    const name = 'name' in queue && isName(queue.name) ? queue.name : undefined;
    return [{ id: queue.id, name }];
  });
}

/** The removed queues in which contacts wait, by the problems that the server names: `removed.<queue>`. */
export function undecidedQueues(problems: readonly { readonly path: string }[]): readonly string[] {
  return problems.flatMap(({ path }) => /^removed\.(.+)$/.exec(path)?.[1]?.replace(/\.queueId$/, '') ?? []);
}
