import { describe, expect, it } from 'vitest';
import {
  abandonRate,
  abandonRateWithoutShort,
  averageAbandonWait,
  averageHandlingTime,
  averageSpeedOfAnswer,
  holdRate,
  occupancy,
  ronaRate,
  transferRate,
  utilization,
} from './index.ts';

describe('core metrics', () => {
  it('abandon rate counts short abandons, or leaves them out of both sides', () => {
    const counts = { offered: 110, abandoned: 21, shortAbandoned: 10 };
    expect(abandonRate(counts)).toBeCloseTo(21 / 110, 12);
    expect(abandonRateWithoutShort(counts)).toBeCloseTo(0.11, 12);
  });

  it('waits are averaged over those who had them', () => {
    expect(averageSpeedOfAnswer({ answeredWaitMs: 90_000, answered: 6 })).toBe(15_000);
    expect(averageAbandonWait({ abandonedWaitMs: 80_000, abandoned: 4 })).toBe(20_000);
  });

  it('handling time is talk, hold and wrap-up', () => {
    expect(averageHandlingTime({ talkMs: 400_000, holdMs: 40_000, wrapUpMs: 60_000, handled: 2 })).toBe(250_000);
    expect(averageHandlingTime({ talkMs: 440_000, wrapUpMs: 60_000, handled: 2 })).toBe(250_000);
  });

  it('ringing keeps an agent occupied but does not utilize them, and breaks lower only utilization', () => {
    const time = { handlingMs: 200, wrapUpMs: 100, ringingMs: 20, availableIdleMs: 80, signedInMs: 500 };
    expect(occupancy(time)).toBe(0.8);
    expect(utilization(time)).toBe(0.6);
  });

  it('rates are shares', () => {
    expect(ronaRate({ unansweredOffers: 3, offers: 60 })).toBe(0.05);
    expect(transferRate({ transferredContacts: 1, handledContacts: 8 })).toBe(0.125);
    expect(holdRate({ heldContacts: 3, handledContacts: 8 })).toBe(0.375);
  });

  it('nothing gives no number', () => {
    expect(abandonRate({ abandoned: 0, offered: 0 })).toBeUndefined();
    expect(averageSpeedOfAnswer({ answeredWaitMs: 0, answered: 0 })).toBeUndefined();
    expect(occupancy({ handlingMs: 0, wrapUpMs: 0, ringingMs: 0, availableIdleMs: 0 })).toBeUndefined();
  });
});
