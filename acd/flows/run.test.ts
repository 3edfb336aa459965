import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../config/clock.ts';
import { silentLogger } from '../../config/logger.ts';
import { checkFlow, type Flow, type FlowPosition, type LookupClient, runFlow } from './index.ts';
import { scriptedLine, scriptedStay } from './testing/scripted-line.ts';

function flowOf(nodes: Record<string, unknown>): Flow {
  const check = checkFlow({
    flowId: 'test',
    name: { 'zh-CN': '测试', en: 'Test' },
    numbers: [],
    languages: ['en'],
    language: 'en',
    start: 'start',
    nodes,
  });
  if (check.kind === 'valid') return check.flow;
  throw new TypeError(JSON.stringify(check.problems));
}

const nothing: LookupClient = { ask: async () => ({ kind: 'failed', reason: 'network' }) };
const positions: FlowPosition[] = [];
const run = (flow: Flow, line = scriptedLine(), lookup = nothing) => {
  positions.length = 0;
  const onPosition = (position: FlowPosition) => void positions.push(position);
  const from = { flowId: flow.flowId, nodeId: flow.start, variables: {} };
  return runFlow(flow, from, line, { lookup, clock: new ManualClock(0), log: silentLogger, onPosition });
};

const bye = { kind: 'hang-up', say: [{ prompt: 'goodbye' }] };
const label = (en: string) => ({ 'zh-CN': en, en });

describe('a flow', () => {
  it('ends cleanly in any node when the caller hangs up', async () => {
    const flow = flowOf({
      start: { kind: 'greeting', say: [{ prompt: 'a' }], next: 'menu' },
      menu: {
        kind: 'menu',
        say: [{ prompt: 'b' }],
        choices: { 1: { label: label('One'), next: 'collect' } },
        invalid: 'bye',
        noInput: 'bye',
      },
      collect: {
        kind: 'collect',
        say: [{ prompt: 'c' }],
        variable: 'x',
        label: label('X'),
        maxDigits: 4,
        next: 'message',
        failed: 'bye',
      },
      message: { kind: 'voicemail', say: [{ prompt: 'd' }], next: 'outside' },
      outside: { kind: 'transfer', say: [{ prompt: 'e' }], target: { kind: 'number', number: '10086' }, failed: 'bye' },
      bye,
    });
    for (let after = 0; after < 6; after++) {
      const line = scriptedLine([
        { kind: 'digits', digits: '1' },
        { kind: 'digits', digits: '1234' },
      ]);
      line.goneAfter = after;
      expect(await run(flow, line)).toEqual({ kind: 'gone' });
      expect(line.said.length).toBe(after + 1);
      expect(line.ended).toBeUndefined();
    }
  });

  it('says a menu again after a wrong key and after none, and then takes its ways', async () => {
    const menu = {
      kind: 'menu',
      say: [{ prompt: 'm' }],
      choices: { 1: { label: label('One'), next: 'bye' } },
      attempts: 2,
      invalid: 'wrong',
      noInput: 'silent',
    };
    const end = (prompt: string) => ({ kind: 'hang-up', say: [{ prompt }] });
    const flow = flowOf({ start: menu, wrong: end('w'), silent: end('s'), bye });
    const wrong = scriptedLine([{ kind: 'no-input' }, { kind: 'digits', digits: '9' }]);
    await run(flow, wrong);
    expect(wrong.said).toEqual(['m', 'no-input', 'm', 'w']);
    const silent = scriptedLine([{ kind: 'invalid' }, { kind: 'no-input' }]);
    await run(flow, silent);
    expect(silent.said).toEqual(['m', 'invalid', 'm', 's']);
    const right = scriptedLine([{ kind: 'digits', digits: '1' }]);
    await run(flow, right);
    expect(right.steps).toEqual(['One=1']);
  });

  it('keeps digits in a variable, and secrets out of what is kept', async () => {
    const collect = (secret: boolean) => ({
      kind: 'collect',
      say: [{ prompt: 'c' }],
      variable: 'code',
      label: label('Code'),
      maxDigits: 4,
      secret,
      next: 'branch',
      failed: 'bye',
    });
    const branch = { kind: 'branch', variable: 'code', cases: { 1234: 'known' }, otherwise: 'bye' };
    const known = { kind: 'hang-up', say: [{ prompt: 'known' }] };
    for (const secret of [false, true]) {
      const line = scriptedLine([{ kind: 'digits', digits: '1234' }]);
      await run(flowOf({ start: collect(secret), branch, known, bye }), line);
      expect(line.said).toEqual(['c', 'known']);
      expect(JSON.stringify(positions).includes('"code"')).toBe(!secret);
      expect(line.steps[0]).toBe(secret ? 'Code' : 'Code=1234');
    }
  });

  it('asks another system, reads its answer, and has a way for each failure', async () => {
    const flow = flowOf({
      start: {
        kind: 'lookup',
        url: 'https://crm.example/customers?number={callerNumber}&x={missing}',
        read: { state: 'orders[0].state' },
        next: 'branch',
        failed: 'failed',
      },
      branch: { kind: 'branch', variable: 'state', cases: { late: 'late' }, otherwise: 'bye' },
      late: { kind: 'hang-up', say: [{ prompt: 'late' }] },
      failed: { kind: 'hang-up', say: [{ prompt: 'failed' }] },
      bye,
    });
    let asked = '';
    const line = scriptedLine();
    await run(flow, line, {
      ask: async (request) => {
        asked = request.url;
        return { kind: 'answered', json: { orders: [{ state: 'late' }] } };
      },
    });
    expect(asked).toBe('https://crm.example/customers?number=13800001234&x=');
    expect(line.said).toEqual(['late']);
    const failing = scriptedLine();
    await run(flow, failing);
    expect(failing.said).toEqual(['failed']);
  });

  it('goes on from the queue where its limits lead, and ends when an agent has the call', async () => {
    const flow = flowOf({
      start: { kind: 'queue', queueId: 'sales', ways: { voicemail: 'message' }, otherwise: 'bye' },
      message: { kind: 'voicemail', next: 'bye' },
      bye,
    });
    for (const [end, said] of [
      [{ kind: 'left', way: 'voicemail', outcome: 'timed-out' }, ['voicemail', 'goodbye']],
      [{ kind: 'left', way: 'hang-up', outcome: 'closed' }, ['goodbye']],
      [{ kind: 'left', way: 'message', outcome: 'blocked', prompt: 'closed' }, ['closed', 'goodbye']],
      [{ kind: 'left', way: 'busy', outcome: 'withdrawn' }, ['system-busy', 'goodbye']],
    ] as const) {
      const { stay, end: finish } = scriptedStay();
      const line = scriptedLine();
      line.queue = { kind: 'waiting', stay };
      const over = run(flow, line);
      finish(end);
      await over;
      expect(line.said).toEqual(said);
    }
    const { stay, end } = scriptedStay();
    const line = scriptedLine();
    line.queue = { kind: 'waiting', stay };
    const over = run(flow, line);
    end({ kind: 'answered' });
    expect(await over).toEqual({ kind: 'answered' });
  });

  it('leaves the queue by a key', async () => {
    const flow = flowOf({
      start: { kind: 'queue', queueId: 'sales', voicemail: { digit: '2', next: 'message' }, otherwise: 'bye' },
      message: { kind: 'voicemail', next: 'bye' },
      bye,
    });
    const { stay, press } = scriptedStay();
    const line = scriptedLine();
    line.queue = { kind: 'waiting', stay };
    const over = run(flow, line);
    await Promise.resolve();
    await Promise.resolve();
    press('9');
    press('2');
    await over;
    expect(line.said).toEqual(['voicemail', 'goodbye']);
  });

  it('lets the caller go with a sentence when a node fails or they go round for ever', async () => {
    const broken = scriptedLine();
    broken.queueUp = () => Promise.reject(new TypeError('broken'));
    await run(flowOf({ start: { kind: 'queue', queueId: 'sales', otherwise: 'bye' }, bye }), broken);
    expect(broken.said).toEqual(['system-busy']);
    expect(broken.ended).toBe('withdrawn');
    const choices = { 1: { label: label('Again'), next: 'start' } };
    const menu = { kind: 'menu', say: [{ prompt: 'm' }], choices, invalid: 'bye', noInput: 'bye' };
    const round = scriptedLine(Array.from({ length: 2_000 }, () => ({ kind: 'digits', digits: '1' }) as const));
    await run(flowOf({ start: menu, bye }), round);
    expect(round.said.at(-1)).toBe('system-busy');
  });
});
