import { describe, expect, it } from 'vitest';
import { queuesOf, undecidedQueues } from './removed-queues.ts';

describe('queues that are removed while contacts wait in them', () => {
  it('are told by the problems that the server names', () => {
    const problems = ['queues[0].id', 'removed.sales', 'removed.after.sales', 'removed.vip.queueId'].map((path) => ({
      path,
    }));
    expect(undecidedQueues(problems)).toEqual(['sales', 'after.sales', 'vip']);
  });
  it('and the queues that can take them are read from a body that may be half written', () => {
    const name = { 'zh-CN': '销售', en: 'Sales' };
    expect(queuesOf({ queues: [{ id: 'sales', name }, { id: 'b', name: 'b' }, { name }, null, 'x'] })).toEqual([
      { id: 'sales', name },
      { id: 'b', name: undefined },
    ]);
    expect(queuesOf({ queues: 'none' })).toEqual([]);
  });
});
