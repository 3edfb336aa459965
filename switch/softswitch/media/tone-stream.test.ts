import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toneLevelDb } from '../../../media/index.ts';
import { parseToneStream, TonePlayer } from './tone-stream.ts';

function played(spec: string, frames = 1000): Int16Array {
  const script = parseToneStream(spec);
  if (!script) throw new Error(`not understood: ${spec}`);
  const player = new TonePlayer(script);
  const all: number[] = [];
  const frame = new Int16Array(160);
  for (let i = 0; i < frames; i += 1) {
    const count = player.read(frame);
    all.push(...frame.subarray(0, count));
    if (count < 160) break;
  }
  return Int16Array.from(all);
}

describe('tone streams', () => {
  it('sound as long and as loud as they are written', () => {
    const ring = played('%(100,50,440,480);loops=2');
    expect(ring.length).toBe(2 * 150 * 8);
    expect(toneLevelDb(ring.subarray(0, 800), 440, 8000)).toBeCloseTo(-10.1, 0);
    expect(toneLevelDb(ring.subarray(0, 800), 480, 8000)).toBeCloseTo(-10.1, 0);
    expect(ring.subarray(800, 1200).every((sample) => sample === 0)).toBe(true);
    expect(toneLevelDb(played('v=-20;%(1000,0,440)'), 440, 8000)).toBeCloseTo(-23.1, 1);
  });

  it('run on for ever with loops=-1, and play several beats in order', () => {
    expect(played('%(20,0,440);loops=-1', 500).length).toBe(80_000);
    expect(played('l=3;%(33,0,440)%(10,5,880)').length).toBe(3 * (264 + 120));
  });

  it.each([
    '',
    'hello',
    '%(200)',
    '%(200,100)',
    '%(a,b,c)',
    '%(200,100,5000)',
    '%(0,0,440)',
    '%(200,100,440);loops=x',
    'x'.repeat(2000),
    '%(99999999,0,440)',
  ])('refuse %s', (spec) => {
    expect(parseToneStream(spec)).toBeUndefined();
  });

  it('survive any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseToneStream(`%(10,0,440)${text}`)));
  });
});
