import { describe, expect, it } from 'vitest';
import { parseDialTarget, takeVariables } from './dial-string.ts';
import { parseParkTimeout } from './park.ts';
import { parseInline } from './route.ts';

describe('dial strings', () => {
  it('takes variables of all brackets, with escaped commas and another separator', () => {
    const { variables, rest } = takeVariables("{a=1,b='x y',c=p\\,q}[^^:d=1,2:e=3]user/1001");
    expect([...variables]).toEqual([
      ['a', '1'],
      ['b', 'x y'],
      ['c', 'p,q'],
      ['d', '1,2'],
      ['e', '3'],
    ]);
    expect(rest).toBe('user/1001');
  });

  it('leaves a bracket that never ends', () => {
    expect(takeVariables('{a=1').rest).toBe('{a=1');
  });

  it.each([
    ['error/user_not_registered', { kind: 'error', cause: 'USER_NOT_REGISTERED' }],
    ['error/nonsense', { kind: 'error', cause: 'NORMAL_TEMPORARY_FAILURE' }],
    ['user/1001@a.b', { kind: 'user', user: '1001', domain: 'a.b' }],
    ['sofia/gateway/out/123', { kind: 'gateway', gateway: 'out', number: '123' }],
    ['sofia/agents/1001@h:5', { kind: 'uri', profile: 'agents', uri: 'sip:1001@h:5' }],
    ['sofia/agents/sip:1001@h:5;transport=ws', { kind: 'uri', profile: 'agents', uri: 'sip:1001@h:5;transport=ws' }],
    ['loopback/1', { kind: 'error', cause: 'CHAN_NOT_IMPLEMENTED' }],
  ])('reads %s', (text, target) => {
    expect(parseDialTarget(text)).toEqual(target);
  });
});

describe('inline dialplans', () => {
  it('cuts at commas outside quotes', () => {
    expect(parseInline("set:a=1,playback:'x,y',park")).toEqual([
      { app: 'set', data: 'a=1' },
      { app: 'playback', data: 'x,y' },
      { app: 'park', data: '' },
    ]);
  });
});

describe('park_timeout', () => {
  it('ends with a cause or an extension', () => {
    expect(parseParkTimeout('5')).toEqual({ afterMs: 5000, end: { kind: 'hang-up', cause: 'NORMAL_CLEARING' } });
    expect(parseParkTimeout('5:user_busy')).toEqual({ afterMs: 5000, end: { kind: 'hang-up', cause: 'USER_BUSY' } });
    expect(parseParkTimeout('5:overflow')).toEqual({ afterMs: 5000, end: { kind: 'transfer', to: 'overflow' } });
    expect(parseParkTimeout('soon')).toBeUndefined();
  });
});
