import { describe, expect, it } from 'vitest';
import type { SwitchEvent } from '../core/event.ts';
import { Subscription } from './subscription.ts';

const park: SwitchEvent = { name: 'CHANNEL_PARK', headers: [['Unique-ID', 'abc']] };
const custom = (subclass: string): SwitchEvent => ({ name: 'CUSTOM', subclass, headers: [] });

function listening(...words: string[]): Subscription {
  const subscription = new Subscription();
  subscription.add(words);
  subscription.listening = true;
  return subscription;
}

describe('subscription', () => {
  it('hears what was named, and subclasses only after CUSTOM', () => {
    const subscription = listening('channel_park', 'NOSUCH', 'CUSTOM', 'a::b');
    expect(subscription.wants(park)).toBe(true);
    expect(subscription.wants({ name: 'DTMF', headers: [] })).toBe(false);
    expect(subscription.wants(custom('a::b'))).toBe(true);
    expect(subscription.wants(custom('a::c'))).toBe(false);
  });

  it('hears everything with ALL', () => {
    expect(listening('ALL').wants(custom('x::y'))).toBe(true);
  });

  it('lets one fitting filter through, and a negative one keep back', () => {
    const subscription = listening('ALL');
    subscription.addFilter('unique-id', 'other');
    expect(subscription.wants(park)).toBe(false);
    subscription.addFilter('Unique-ID', 'ABC');
    expect(subscription.wants(park)).toBe(true);
    subscription.addFilter('Unique-ID', '- abc');
    expect(subscription.wants(park)).toBe(false);
    subscription.removeFilter('all', undefined);
    expect(subscription.wants(park)).toBe(true);
  });

  it('forgets what is nixed', () => {
    const subscription = listening('CHANNEL_PARK', 'CUSTOM', 'a::b');
    expect(subscription.remove(['CHANNEL_PARK', 'CUSTOM', 'a::b'])).toBe(2);
    expect(subscription.wants(park)).toBe(false);
    expect(subscription.wants(custom('a::b'))).toBe(false);
    expect(subscription.remove(['NOSUCH'])).toBe(0);
  });
});
