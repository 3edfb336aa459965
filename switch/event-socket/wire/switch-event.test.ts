import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCoded } from '../../../config/errors.ts';
import { recordedFrames } from '../testing/recorded.ts';
import { encodeCommand } from './command-text.ts';
import { FrameReader } from './frame-reader.ts';
import { decodeValue } from './header-lines.ts';
import { eventOf, parseJsonEvent, parsePlainEvent, type SwitchEvent } from './switch-event.ts';

function recordedEvent(recording: string, name: string): SwitchEvent {
  const reader = new FrameReader();
  for (const frame of recordedFrames(recording)) {
    if (frame.dir !== 'S') continue;
    for (const read of reader.push(Buffer.from(frame.text))) {
      const event = eventOf(read);
      if (event?.name === name) return event;
    }
  }
  return expect.fail(`${recording} has no ${name}`);
}

describe('an event', () => {
  it('reads the same plain and as JSON', () => {
    const plain = recordedEvent('caller_abandons.jsonl', 'CHANNEL_PARK');
    const json = recordedEvent('json_events.jsonl', 'CHANNEL_PARK');
    for (const event of [plain, json]) {
      expect(event.legId).toMatch(/^[0-9a-f-]{36}$/);
      expect(event.get('Caller-Destination-Number')).toBe('4000');
      expect(event.variable('sofia_profile_name')).toBe('trunk');
      expect(event.variable('DP_MATCH')).toBe('4000');
      expect(event.atMs(0)).toBeGreaterThan(1_790_000_000_000);
    }
  });

  it('carries the result of a background job as its body', () => {
    expect(recordedEvent('conference.jsonl', 'BACKGROUND_JOB').body).toMatch(/^\+OK [0-9a-f-]{36}\n$/);
  });

  it('keeps a stray percent sign and decodes the rest', () => {
    const event = parsePlainEvent(Buffer.from('Event-Name: X\nReason: 100% sure%20of%20it%zz\n\n'));
    expect(event.get('Reason')).toBe('100% sure of it%zz');
  });

  it('does not take words of the language for headers', () => {
    expect(parseJsonEvent(Buffer.from('{"Event-Name":"X"}')).get('constructor')).toBeUndefined();
    expect(parsePlainEvent(Buffer.from('__proto__: a\nEvent-Name: X\n\n')).get('__proto__')).toBe('a');
  });

  it.each(['', '[]', 'null', '{', '"text"'])('refuses %j as JSON', (text) => {
    expect(() => parseJsonEvent(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'switch.protocol' }));
  });

  it('decodes every value without throwing, and encoded ones exactly', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof decodeValue(text) === 'string'));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => decodeValue(encodeURIComponent(text)) === text));
  });
});

describe('a command', () => {
  it('is written with its headers', () => {
    expect(encodeCommand('sendmsg abc', { 'call-command': 'execute' })).toBe('sendmsg abc\ncall-command: execute\n\n');
  });

  it.each([
    ['a\nb', {}],
    ['a\rb', {}],
    ['a\0b', {}],
    ['a', { name: 'x\n\napi shutdown' }],
    ['a', { 'na\nme': 'x' }],
    ['x'.repeat(70_000), {}],
  ])('is refused when it would become another one', (line, headers) => {
    try {
      encodeCommand(line, headers);
      expect.fail('was written');
    } catch (error) {
      expect(isCoded(error, 'request.invalid')).toBe(true);
    }
  });
});
