import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../config/clock.ts';
import { CodedError } from '../../config/errors.ts';
import { silentLogger } from '../../config/logger.ts';
import type { Effect } from '../engine/index.ts';
import { createEffectRunner, type DecidedEffect, type EffectConsumer } from './effect-runner.ts';

const joined = (id: string, contactId: string): DecidedEffect => ({
  seq: Number(id),
  effect: { id, atMs: 0, type: 'contact-joined', contactId, queueId: 'q', why: 'new' } as Effect,
});
const offer = (id: string, contactId: string): DecidedEffect => ({
  seq: Number(id),
  effect: { id, atMs: 0, type: 'announce', contactId, queueId: 'q', position: 1 } as Effect,
});
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function runner(...consumers: EffectConsumer[]) {
  const clock = new ManualClock();
  return { clock, runner: createEffectRunner({ consumers, clock, logger: silentLogger }) };
}

describe('effects', () => {
  it('come in order per contact, and contacts do not wait for each other', async () => {
    const log: string[] = [];
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { runner: effects } = runner({
      name: 'x',
      handlers: {
        async 'contact-joined'(effect) {
          if (effect.id === '1') await held;
          log.push(effect.id);
        },
      },
    });
    effects.dispatch([joined('1', 'a'), joined('2', 'a'), joined('3', 'b')]);
    await settle();
    expect(log).toEqual(['3']);
    release();
    await effects.idle();
    expect(log).toEqual(['3', '1', '2']);
    expect(effects.takeMarks().map((mark) => mark.outcome)).toEqual(['done', 'done', 'done']);
  });

  it('keep consumers apart, and are done when all of them are', async () => {
    const log: string[] = [];
    const { runner: effects, clock } = runner(
      {
        name: 'records',
        handlers: {
          'contact-joined'(_, { attempt }) {
            if (attempt < 12) throw new CodedError('store.unavailable');
            log.push('records');
          },
        },
      },
      { name: 'voice', handlers: { 'contact-joined': () => void log.push('voice') } },
    );
    effects.dispatch([joined('1', 'a')]);
    await settle();
    expect(log).toEqual(['voice']);
    expect(effects.outstanding().map(({ effect }) => effect.id)).toEqual(['1']);
    for (let n = 0; n < 12; n++) {
      clock.advance(5_000);
      await settle();
    }
    expect(log).toEqual(['voice', 'records']);
    expect(effects.takeMarks()).toEqual([{ effectId: '1', seq: 1, outcome: 'done' }]);
    expect(effects.takeMarks()).toEqual([]);
  });

  it('are tried once when they are of the moment, and again when they must come about', async () => {
    const asked: Record<string, number> = {};
    const fail = (effect: Effect) => {
      asked[effect.type] = (asked[effect.type] ?? 0) + 1;
      throw new CodedError('switch.deadline');
    };
    const { runner: effects, clock } = runner({ name: 'x', handlers: { 'contact-joined': fail, announce: fail } });
    effects.dispatch([joined('1', 'a'), offer('2', 'b')]);
    for (let n = 0; n < 20; n++) {
      await settle();
      clock.advance(5_000);
    }
    expect(asked).toEqual({ 'contact-joined': 8, announce: 1 });
    expect(effects.takeMarks().map((mark) => [mark.effectId, mark.outcome])).toEqual([
      ['2', 'failed'],
      ['1', 'failed'],
    ]);
  });

  it('are not tried again after a fault that stays', async () => {
    let asked = 0;
    const { runner: effects, clock } = runner({
      name: 'x',
      handlers: {
        'contact-joined'() {
          asked++;
          throw new CodedError('store.conflict');
        },
      },
    });
    effects.dispatch([joined('1', 'a')]);
    await settle();
    clock.advance(60_000);
    await settle();
    expect(asked).toBe(1);
  });

  it('stay outstanding after stop, and those that nobody handles leave no trace', async () => {
    const { runner: effects } = runner({ name: 'x', handlers: { 'contact-joined': () => new Promise(() => {}) } });
    effects.dispatch([joined('1', 'a'), joined('2', 'a'), offer('3', 'a'), joined('1', 'a')]);
    effects.stop();
    await settle();
    expect(effects.outstanding().map(({ effect }) => effect.id)).toEqual(['1', '2']);
    expect(effects.takeMarks()).toEqual([]);
  });
});
