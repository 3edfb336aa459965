import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../config/logger.ts';
import { checkFlow } from './check.ts';
import { loadFlows } from './load.ts';
import { openPromptLibrary } from './prompts.ts';
import { waitingFlow } from './waiting-flow.ts';

const config = join(import.meta.dirname, '../../config');

const frame = (nodes: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  flowId: 'test',
  name: { 'zh-CN': '测试', en: 'Test' },
  numbers: [],
  languages: ['zh-CN', 'en'],
  language: 'en',
  start: 'start',
  nodes,
  ...more,
});
const end = { kind: 'hang-up' };
const problems = (flow: unknown, surroundings = {}) => {
  const check = checkFlow(flow, surroundings);
  return check.kind === 'invalid' ? check.problems : [];
};

describe('checking a flow', () => {
  it('accepts the flow that ships, with its prompts', async () => {
    const library = await openPromptLibrary({ folder: join(config, 'prompts'), switchFolder: '/p', log: silentLogger });
    const loaded = await loadFlows(join(config, 'flows'), { promptIds: library.promptIds });
    expect(loaded.problems).toEqual([]);
    expect(loaded.flows.map((flow) => flow.flowId)).toEqual(['main']);
  });

  it('accepts the nodes of the flow made for waiting without one; only its name is out of reach for others', () => {
    expect(problems(waitingFlow('sales', 'en'))).toEqual([{ path: 'flowId', message: expect.any(String) }]);
  });

  it('names every unknown target with its place', () => {
    const flow = frame({ start: { kind: 'greeting', say: [{ prompt: 'x' }], next: 'nowhere' } });
    expect(problems(flow)).toContainEqual({ path: 'nodes.start.next', message: 'there is no node "nowhere"' });
  });

  it('names nodes that nothing leads to', () => {
    expect(problems(frame({ start: end, lonely: end }))).toEqual([
      { path: 'nodes.lonely', message: 'nothing leads to this node' },
    ]);
  });

  it('refuses a circle without input, and takes one with it', () => {
    const say = [{ prompt: 'x' }];
    const round = frame({
      start: { kind: 'greeting', say, next: 'second' },
      second: { kind: 'set', values: {}, next: 'start' },
    });
    expect(problems(round).map((problem) => problem.path)).toEqual(['nodes.second.next']);
    const label = { 'zh-CN': '再听', en: 'Again' };
    const menu = (noInput: string) =>
      frame({ start: { kind: 'menu', say, choices: { 1: { label, next: 'start' } }, invalid: 'end', noInput }, end });
    expect(problems(menu('end'))).toEqual([]);
    expect(problems(menu('start')).map((problem) => problem.path)).toContain('nodes.start.noInput');
  });

  it('names a text that is missing in a language, and an unknown prompt, calendar, queue, kind and field', () => {
    const flow = frame({
      start: { kind: 'greeting', say: [{ text: { en: 'Hi' } }, { prompt: 'unknown' }], next: 'hours' },
      hours: { kind: 'hours', calendar: 'none', open: 'queue', closed: 'end' },
      queue: { kind: 'queue', queueId: 'ghost', otherwise: 'end' },
      end,
    });
    const paths = problems(flow, { promptIds: new Set(['x']), queueIds: new Set(['sales']) }).map((p) => p.path);
    expect(paths).toEqual([
      'nodes.start.say.0.text.zh-CN',
      'nodes.start.say.1.prompt',
      'nodes.hours.calendar',
      'nodes.queue.queueId',
    ]);
    expect(problems(frame({ start: { kind: 'dance' } }))[0]?.path).toBe('nodes.start.kind');
    expect(problems(frame({ start: { ...end, color: 'red' } }))[0]?.path).toBe('nodes.start');
  });

  it('refuses a pattern that can run away', () => {
    const collect = (pattern: string) =>
      frame({
        start: {
          kind: 'collect',
          say: [{ prompt: 'x' }],
          variable: 'pin',
          label: { 'zh-CN': '密码', en: 'PIN' },
          maxDigits: 8,
          pattern,
          next: 'end',
          failed: 'end',
        },
        end,
      });
    expect(problems(collect('\\d{4,8}'))).toEqual([]);
    expect(problems(collect('(\\d+)+'))).not.toEqual([]);
  });

  it('never throws on rubbish', async () => {
    const flow = JSON.parse(await readFile(join(config, 'flows/main.json'), 'utf8')) as Record<string, unknown>;
    const rubbish = [null, 1, 'No Way', [], {}, { nodes: null }];
    for (const value of rubbish) {
      expect(checkFlow(value).kind).toBe('invalid');
      for (const key of Object.keys(flow)) {
        if (key !== 'numbers' && key !== 'calendars') expect(checkFlow({ ...flow, [key]: value }).kind).toBe('invalid');
      }
    }
  });
});
