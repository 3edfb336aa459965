import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../config/clock.ts';
import { CodedError } from '../../config/errors.ts';
import { silentLogger } from '../../config/logger.ts';
import { WriteLine } from './write-line.ts';

const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

describe('the line of writes', () => {
  it('keeps the order of one contact and lets others pass', async () => {
    const line = new WriteLine(new ManualClock(), silentLogger);
    const written: string[] = [];
    let release = () => {};
    line.add(
      'a',
      'first',
      () =>
        new Promise<void>((resolve) => {
          release = () => {
            written.push('a1');
            resolve();
          };
        }),
    );
    line.add('a', 'second', async () => written.push('a2'));
    line.add('b', 'other', async () => written.push('b1'));
    await settle();
    expect(written).toEqual(['b1']);
    release();
    await settle();
    expect(written).toEqual(['b1', 'a1', 'a2']);
    expect(line.waiting).toBe(0);
  });

  it('stands still while the database is away and loses nothing', async () => {
    const clock = new ManualClock();
    const line = new WriteLine(clock, silentLogger);
    const written: string[] = [];
    let away = true;
    line.add('a', 'first', async () => {
      if (away) throw new CodedError('store.unavailable');
      written.push('first');
    });
    line.add('a', 'second', async () => written.push('second'));
    for (let i = 0; i < 5; i++) {
      await settle();
      clock.advance(500);
    }
    expect(written).toEqual([]);
    away = false;
    await settle();
    clock.advance(500);
    await settle();
    expect(written).toEqual(['first', 'second']);
  });

  it('leaves out one bad row and goes on', async () => {
    const line = new WriteLine(new ManualClock(), silentLogger);
    const written: string[] = [];
    line.add('a', 'bad', async () => {
      throw new CodedError('internal');
    });
    line.add('a', 'good', async () => written.push('good'));
    await settle();
    expect(written).toEqual(['good']);
  });

  it('writes only the newest of what replaces each other', async () => {
    const line = new WriteLine(new ManualClock(), silentLogger);
    const written: number[] = [];
    let release = () => {};
    line.add(
      'a',
      'blocker',
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    for (let i = 0; i < 100; i++) line.add('a', 'state', async () => written.push(i), { replaces: 'state' });
    expect(line.waiting).toBe(2);
    release();
    await settle();
    expect(written).toEqual([99]);
  });

  it('says whether everything was written in time', async () => {
    const clock = new ManualClock();
    const line = new WriteLine(clock, silentLogger);
    line.add('a', 'never', () => new Promise(() => {}));
    const flushed = line.flush(1_000);
    clock.advance(1_000);
    expect(await flushed).toBe(false);
  });
});
