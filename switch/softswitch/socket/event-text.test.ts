import { describe, expect, it } from 'vitest';
import { readTrace } from '../tests/trace.ts';
import { encodeValue, eventFrame, jsonText, plainText } from './event-text.ts';

const TRACES = ['park_answer_hangup', 'originate_bridge_record_hold', 'transfers', 'conference', 'ivr_digits'];

describe('event text', () => {
  it.each(TRACES)('encodes every value of %s as FreeSWITCH did', (trace) => {
    let checked = 0;
    for (const line of readTrace(trace)) {
      if (!line.frame?.head.includes('text/event-plain')) continue;
      for (const row of (line.frame.body.split('\n\n', 1)[0] ?? '').split('\n')) {
        const value = row.slice(row.indexOf(': ') + 2);
        expect(encodeValue(decodeURIComponent(value))).toBe(value);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('encodes what is not ASCII byte by byte', () => {
    expect(encodeValue('王 a+b')).toBe('%E7%8E%8B%20a%2Bb');
  });

  it('gives a body its length in bytes', () => {
    const event = { name: 'BACKGROUND_JOB', headers: [['Event-Name', 'BACKGROUND_JOB']], body: '王\n' } as const;
    expect(plainText(event)).toBe('Event-Name: BACKGROUND_JOB\nContent-Length: 4\n\n王\n');
    expect(JSON.parse(jsonText(event))).toEqual({
      'Event-Name': 'BACKGROUND_JOB',
      'Content-Length': '4',
      _body: '王\n',
    });
    const text = plainText(event);
    expect(eventFrame(event, 'plain')).toBe(
      `Content-Length: ${Buffer.byteLength(text)}\nContent-Type: text/event-plain\n\n${text}`,
    );
  });
});
