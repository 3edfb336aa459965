import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../config/clock.ts';
import { FailedAttempts } from './attempts.ts';
import { hashPassword, verifyPassword } from './password.ts';

describe('passwords', () => {
  it('takes the right one, refuses a wrong one, and stores another text each time', async () => {
    const first = await hashPassword('correct horse');
    const second = await hashPassword('correct horse');
    expect(first).not.toBe(second);
    expect(first).not.toContain('correct');
    expect(await verifyPassword('correct horse', first)).toBe(true);
    expect(await verifyPassword('correct hors', first)).toBe(false);
  });

  it('takes the same password typed on another keyboard (Unicode forms)', async () => {
    const stored = await hashPassword('caf\u00e9');
    expect(await verifyPassword('cafe\u0301', stored)).toBe(true);
  });

  it.each([
    '',
    'plain',
    'scrypt$1$1',
    'scrypt$a$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAA',
    'md5$1$1$1$AAAA$AAAA',
    'scrypt$32768$8$1$AAAA$AA',
  ])('refuses %j as a stored hash', async (stored) => {
    expect(await verifyPassword('x', stored)).toBe(false);
  });
});

describe('failed attempts', () => {
  it('blocks after the limit and forgives after the window', () => {
    const clock = new ManualClock(1_000);
    const attempts = new FailedAttempts(clock, { most: 3, windowMs: 60_000 });
    for (let i = 0; i < 3; i++) {
      expect(attempts.blocked('wang')).toBe(false);
      attempts.fail('wang');
    }
    expect(attempts.blocked('wang')).toBe(true);
    expect(attempts.blocked('li')).toBe(false);
    clock.advance(60_000);
    expect(attempts.blocked('wang')).toBe(false);
  });

  it('stays bounded under a flood of names', () => {
    const attempts = new FailedAttempts(new ManualClock(), { most: 1, windowMs: 60_000, keys: 10 });
    for (let i = 0; i < 1_000; i++) attempts.fail(`name-${i}`);
    expect(attempts.blocked('name-999')).toBe(true);
    expect(attempts.blocked('name-0')).toBe(false);
  });
});
