import { describe, expect, it } from 'vitest';
import type { Directory } from '../../../acd/api/contract/index.ts';
import { transferChoices } from './transfer-targets.ts';

const directory: Directory = {
  agents: [
    { agentId: 'a1', displayName: 'Chen Jie', status: 'break', state: 'idle' },
    { agentId: 'a2', displayName: 'Li Na', status: 'available', state: 'idle' },
  ],
  queues: [{ queueId: 'q1', name: { 'zh-CN': '售后', en: 'After sales' }, waiting: 2, longestWaitMs: 9000 }],
  flows: [{ flowId: 'f1', name: { 'zh-CN': '满意度', en: 'Survey' } }],
  dispositions: [],
  breakReasons: [],
};
const keys = (typed: string) => transferChoices(directory, typed, (name) => name.en).map((choice) => choice.key);

describe('where a call can be transferred to', () => {
  it('lists queues, agents with free ones first, and flows', () => {
    expect(keys('')).toEqual(['queue.q1', 'agent.a2', 'agent.a1', 'flow.f1']);
  });
  it('narrows by what is typed, in any case', () => {
    expect(keys('LI')).toEqual(['agent.a2']);
    expect(keys('sur')).toEqual(['flow.f1']);
  });
  it('takes a number as it is spoken, and nothing that a number cannot be', () => {
    expect(keys('+86 138-0000-1234')).toEqual(['number.+8613800001234']);
    expect(keys('1')).toEqual([]);
    expect(keys('12;rm')).toEqual([]);
  });
});
