import { describe, expect, it } from 'vitest';
import { HANGUP_CAUSES } from '../../call-control/index.ts';
import { causeOf, SWITCH_CAUSES } from './hangup-causes.ts';
import { dialVariables, displayName, soundName, soundSequence, word } from './switch-words.ts';

const refusal = expect.objectContaining({ code: 'request.invalid' });

describe('words for the switch', () => {
  it('names sounds', () => {
    expect(soundName({ kind: 'file', path: '/prompts/zh-CN/hello, world.wav' })).toBe(
      '/prompts/zh-CN/hello, world.wav',
    );
    expect(soundName({ kind: 'tone', spec: '%(200,100,440)' })).toBe('tone_stream://%(200,100,440)');
    expect(soundName({ kind: 'silence', durationMs: 0 })).toBe('silence_stream://1');
    expect(soundSequence([])).toBe('silence_stream://20');
    const two = soundSequence([
      { kind: 'file', path: '/a.wav' },
      { kind: 'silence', durationMs: 100 },
    ]);
    expect(two).toBe('file_string:///a.wav!silence_stream://100');
  });

  it.each(['{a=b}/x.wav', '/a!b.wav', "/a'b.wav", '/a@@100', `/${'$'}{x}`, '-x', ''])('refuses the path %j', (path) => {
    expect(() => soundName({ kind: 'file', path })).toThrow(refusal);
  });

  it('quotes words with spaces and refuses what would end the quote', () => {
    expect(word('plain')).toBe('plain');
    expect(word('two words')).toBe("'two words'");
    expect(() => word("it's")).toThrow(refusal);
  });

  it.each(['a,b', 'a}b', `$\{x}`, "a'b", 'a\\b', '[x]', '<sip:x>'])(
    'refuses %j as a variable of a dial string',
    (value) => {
      expect(() => dialVariables(new Map([['sip_h_X-A', value]]))).toThrow(refusal);
    },
  );

  it('drops from a caller’s name what has a meaning in dial strings, and keeps the rest', () => {
    const name = displayName(`王芳, {x=1}[y] "A" $\{z}\r\n`);
    expect(name).toContain('王芳');
    expect(dialVariables(new Map([['origination_caller_id_name', name]]))).toMatch(
      /^\{origination_caller_id_name='.*'\}$/,
    );
  });

  it('has a word for every cause, and reads its own words back', () => {
    for (const cause of HANGUP_CAUSES) expect(causeOf(SWITCH_CAUSES[cause])).toBe(cause);
    expect(causeOf('SUBSCRIBER_ABSENT')).toBe('unregistered');
    expect(causeOf('SOMETHING_NEW')).toBe('failed');
  });
});
