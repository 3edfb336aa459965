import { expect, it } from 'vitest';
import { chordMusic } from './chord-music.ts';
import { DtmfDetector, dtmfFrequencies } from './dtmf.ts';
import { encodeG711, PCMA, PCMU } from './g711.ts';
import { resample } from './resample.ts';
import { tone, toneLevelDb } from './tone.ts';

it('measures the level of a tone, and that other tones are not there', () => {
  const samples = tone([440], 500, 8000, -12);
  expect(toneLevelDb(samples, 440, 8000)).toBeCloseTo(-12, 1);
  expect(toneLevelDb(samples, 1000, 8000)).toBeLessThan(-50);
  expect(toneLevelDb(new Int16Array(0), 440, 8000)).toBe(-120);
});

it.each([16_000, 44_100, 48_000, 11_025])(
  'resamples %i Hz to 8 kHz: keeps the voice band, and lets nothing fold back',
  async (hz) => {
    const kept = await resample({ samples: tone([1000], 500, hz), sampleRateHz: hz }, 8000);
    expect(kept.samples.length).toBeCloseTo(4000, -1);
    expect(toneLevelDb(kept.samples.subarray(400, 3600), 1000, 8000)).toBeCloseTo(-12, 1);
    if (hz > 12_000) {
      // 5 kHz would come back as 3 kHz.
      const folded = await resample({ samples: tone([5000], 500, hz), sampleRateHz: hz }, 8000);
      expect(toneLevelDb(folded.samples.subarray(400, 3600), 3000, 8000)).toBeLessThan(-75);
    }
  },
);

it('resamples upwards', async () => {
  const up = await resample({ samples: tone([1000], 200, 8000), sampleRateHz: 8000 }, 16_000);
  expect(up.samples.length).toBe(3200);
  expect(toneLevelDb(up.samples.subarray(400, 2800), 1000, 16_000)).toBeCloseTo(-12, 1);
});

it('makes music that is gentle and joins its own start', () => {
  const { samples } = chordMusic(8000);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(peak).toBeLessThan(5000);
  expect(peak).toBeGreaterThan(4000);
  const step = Math.abs(samples[0]! - samples.at(-1)!);
  expect(step).toBeLessThan(1000);
});

function detect(codes: Uint8Array, toLinear: Int16Array): string {
  let digits = '';
  const detector = new DtmfDetector((digit) => (digits += digit));
  for (let at = 0; at < codes.length; at += 160) detector.push(codes.subarray(at, at + 160), toLinear);
  return digits;
}

it.each([PCMU, PCMA])('hears every keypad digit once in the sound ($name)', (law) => {
  const all = '0123456789*#ABCD';
  const sound = [...all].flatMap((digit) => [...tone(dtmfFrequencies(digit)!, 80, 8000, -14), ...new Int16Array(480)]);
  const codes = new Uint8Array(sound.length);
  encodeG711(law, Int16Array.from(sound), codes);
  expect(detect(codes, law.toLinear)).toBe(all);
});

it('hears no digit in one tone alone, in short blips, and in music', () => {
  for (const samples of [
    tone([697], 500, 8000),
    tone([697, 1209], 20, 8000),
    tone([440, 480], 500, 8000),
    chordMusic(8000).samples,
  ]) {
    const codes = new Uint8Array(samples.length);
    encodeG711(PCMU, samples, codes);
    expect(detect(codes, PCMU.toLinear)).toBe('');
  }
});
