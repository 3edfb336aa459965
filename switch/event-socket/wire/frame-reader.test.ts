import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCoded } from '../../../config/errors.ts';
import { RECORDINGS, recordedFrames } from '../testing/recorded.ts';
import type { Frame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';
import { eventOf } from './switch-event.ts';

const limits = { maxHeaderBytes: 200, maxBodyBytes: 1000 };

function readAll(chunks: readonly Buffer[], reader = new FrameReader()): Frame[] {
  return chunks.flatMap((chunk) => reader.push(chunk));
}

function serverBytes(name: string): Buffer[] {
  return recordedFrames(name)
    .filter((frame) => frame.dir === 'S')
    .map((frame) => Buffer.from(frame.text));
}

describe.each(RECORDINGS)('the recording %s', (name) => {
  const parts = serverBytes(name);
  const whole = Buffer.concat(parts);
  const expected = readAll([whole]);

  it('gives one frame for each that was recorded', () => {
    expect(expected).toHaveLength(parts.length);
  });

  it('reads the same one byte at a time', () => {
    const reader = new FrameReader();
    const frames: Frame[] = [];
    for (let at = 0; at < whole.length; at++) frames.push(...reader.push(whole.subarray(at, at + 1)));
    expect(frames).toEqual(expected);
  });

  it('reads every frame the same wherever it is split', () => {
    const reader = new FrameReader();
    for (const [index, part] of parts.entries()) {
      for (let at = 1; at < part.length; at++) {
        const frames = [...reader.push(part.subarray(0, at)), ...reader.push(part.subarray(at))];
        if (frames.length !== 1 || frames[0]?.body?.length !== expected[index]?.body?.length) {
          expect.fail(`frame ${index} split at ${at} gave ${frames.length} frames`);
        }
      }
    }
  });

  it('holds only events that can be read', () => {
    for (const frame of expected) {
      const event = eventOf(frame);
      if (event) expect(event.name).toMatch(/^[A-Z_]+$/);
    }
  });
});

describe('a frame reader', () => {
  it('counts bytes, not characters', () => {
    const [frame] = readAll([Buffer.from('Content-Type: api/response\nContent-Length: 6\n\n坐席Content-Type: a\n\n')]);
    expect(frame?.body?.toString()).toBe('坐席');
  });

  it('keeps values that hold a colon', () => {
    const [frame] = readAll([Buffer.from('Content-Type: command/reply\nReply-Text: +OK a: b: c\n\n')]);
    expect(frame?.headers.get('reply-text')).toBe('+OK a: b: c');
  });

  it.each([
    ['a length that is no number', 'Content-Type: a\nContent-Length: ten\n\n', 'bad-content-length'],
    ['a negative length', 'Content-Type: a\nContent-Length: -5\n\n', 'bad-content-length'],
    ['a giant length', 'Content-Type: a\nContent-Length: 9999999999\n\n', 'body-too-long'],
    ['a header without an end', `Content-Type: ${'x'.repeat(300)}`, 'header-too-long'],
    ['garbage', '\u0001\u0002garbage\n\n', 'no-content-type'],
  ])('refuses %s and stays refused', (_what, text, reason) => {
    const reader = new FrameReader(limits);
    for (let turn = 0; turn < 2; turn++) {
      try {
        reader.push(Buffer.from(text));
        expect.fail('was taken');
      } catch (error) {
        expect(isCoded(error, 'switch.protocol') && error.fields.reason).toBe(reason);
      }
    }
  });

  it('skips any number of empty lines without keeping them', () => {
    const reader = new FrameReader(limits);
    for (let turn = 0; turn < 100; turn++) expect(reader.push(Buffer.from('\n'.repeat(50)))).toEqual([]);
    expect(reader.push(Buffer.from('Content-Type: a\n\n'))).toHaveLength(1);
  });

  it('answers any bytes with frames or a coded error', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 12 }), (chunks) => {
        const reader = new FrameReader(limits);
        try {
          for (const chunk of chunks) for (const frame of reader.push(Buffer.from(chunk))) eventOf(frame);
        } catch (error) {
          expect(isCoded(error, 'switch.protocol')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same frames for every way to cut them', () => {
    const body = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(body, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(600), { maxLength: 20 }),
        (bodies, cuts) => {
          const whole = Buffer.concat(
            bodies.map((bytes, i) =>
              Buffer.concat([
                Buffer.from(`Content-Type: t/${i}\nContent-Length: ${bytes.length}\n\n`),
                Buffer.from(bytes),
              ]),
            ),
          );
          const edges = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
          const chunks = edges.slice(1).map((edge, i) => whole.subarray(edges[i], edge));
          const frames = readAll(chunks);
          expect(frames.map((frame) => frame.contentType)).toEqual(bodies.map((_, i) => `t/${i}`));
          expect(frames.map((frame) => [...(frame.body ?? [])])).toEqual(bodies.map((bytes) => [...bytes]));
        },
      ),
      { numRuns: 300 },
    );
  });
});
