import { describe, expect, it } from 'vitest';
import { identityOfCaller } from './phone-number.ts';

describe('who a caller is', () => {
  it.each([
    ['13800138000', 'phone', '+8613800138000'],
    ['013800138000', 'phone', '+8613800138000'],
    ['8613800138000', 'phone', '+8613800138000'],
    ['+86 138-0013-8000', 'phone', '+8613800138000'],
    ['0086 138 0013 8000', 'phone', '+8613800138000'],
    ['010-12345678', 'phone', '+861012345678'],
    ['(0755) 8888 8888', 'phone', '+8675588888888'],
    ['+44 20 7946 0000', 'phone', '+442079460000'],
    ['sip:+8613800138000@trunk.example;user=phone', 'phone', '+8613800138000'],
    ['95588', 'extension', '95588'],
    ['1001', 'extension', '1001'],
    ['+12', 'extension', '+12'],
    ['Alice@example.com', 'sip', 'alice'],
  ])('reads %s as %s %s', (raw, kind, value) => {
    expect(identityOfCaller(raw)).toEqual({ kind, value });
  });

  it.each(['', ' ', 'anonymous', 'Anonymous@anonymous.invalid', 'Restricted'])('knows nobody by %j', (raw) => {
    expect(identityOfCaller(raw)).toBeUndefined();
  });

  it('reads numbers of another country', () => {
    expect(identityOfCaller('020 7946 0000', '44')).toEqual({ kind: 'phone', value: '+442079460000' });
  });
});
