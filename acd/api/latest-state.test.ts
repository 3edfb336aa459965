import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../config/clock.ts';
import { LatestState } from './latest-state.ts';

function reader(writable: boolean) {
  return { connected: true, conn: { transport: { writable } }, got: [] as number[] };
}
type Reader = ReturnType<typeof reader>;

describe('a reader that lags', () => {
  it('holds no queue and gets the newest state once it can', () => {
    const clock = new ManualClock();
    let newest = 0;
    const states = new LatestState<Reader>(clock, (one) => one.got.push(newest));
    const fast = reader(true);
    const slow = reader(false);
    for (newest = 1; newest <= 100; newest++) {
      states.to(fast);
      states.to(slow);
      clock.advance(10);
    }
    newest = 100;
    expect(fast.got).toHaveLength(100);
    expect(slow.got).toEqual([]);
    expect(states.late).toBe(1);
    slow.conn.transport.writable = true;
    clock.advance(50);
    expect(slow.got).toEqual([100]);
    expect(states.late).toBe(0);
  });

  it('is forgotten when it is gone, and nothing is sent after the end', () => {
    const clock = new ManualClock();
    const states = new LatestState<Reader>(clock, (one) => one.got.push(1));
    const dead = reader(false);
    states.to(dead);
    dead.connected = false;
    clock.advance(50);
    expect([states.late, dead.got.length]).toEqual([0, 0]);
    const slow = reader(false);
    states.passedOver([slow, reader(true)]);
    states.close();
    slow.conn.transport.writable = true;
    clock.advance(1_000);
    expect(slow.got).toEqual([]);
  });
});
