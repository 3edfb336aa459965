import { expect, it } from 'vitest';
import { PCMU } from './g711.ts';
import { Timeline } from './timeline.ts';

const LOUD = PCMU.fromLinear[10_000]!;
const frame = new Uint8Array(160).fill(LOUD);
const level = PCMU.toLinear[LOUD]!;

function loud(timeline: Timeline, from: number, to: number): boolean[] {
  const samples = new Int16Array(160);
  const frames: boolean[] = [];
  for (let at = from; at < to; at += 160) {
    timeline.read(at, samples);
    frames.push(samples.every((sample) => sample === level));
  }
  return frames;
}

it('keeps packets in the order of their timestamps, whatever the jitter', () => {
  const timeline = new Timeline();
  // The third comes before the second; all are up to 40 ms late.
  timeline.write(frame, PCMU.toLinear, 1000, 160);
  timeline.write(frame, PCMU.toLinear, 1320, 700);
  timeline.write(frame, PCMU.toLinear, 1160, 710);
  expect(loud(timeline, 0, 640)).toEqual([true, true, true, false]);
});

it('leaves lost packets and silence as gaps of the right length', () => {
  const timeline = new Timeline();
  timeline.write(frame, PCMU.toLinear, 0, 160);
  timeline.write(frame, PCMU.toLinear, 320, 480);
  // Silence suppression of 100 ms: the timestamp went on.
  timeline.write(frame, PCMU.toLinear, 1280, 1440);
  expect(loud(timeline, 0, 1440)).toEqual([true, false, true, false, false, false, false, false, true]);
});

it('lays a source whose timestamps stood still or jumped where it arrives', () => {
  const timeline = new Timeline();
  timeline.write(frame, PCMU.toLinear, 0, 160);
  timeline.write(frame, PCMU.toLinear, 160, 1760);
  timeline.write(frame, PCMU.toLinear, 0x8000_0000, 1920);
  expect(loud(timeline, 0, 1920).map(Number).join('')).toBe('100000000011');
});

it('stays within 20 ms of the clock when the source runs too fast or too slow', () => {
  for (const drift of [0.999, 1.001]) {
    const timeline = new Timeline();
    const marks = new Uint8Array(160).fill(LOUD);
    let worst = 0;
    for (let n = 1; n <= 20_000; n += 1) {
      const arrival = Math.round(n * 160 * drift) + (n % 7) * 20;
      timeline.write(marks, PCMU.toLinear, n * 160, arrival);
      if (n < 200 || n % 500 !== 0) continue;
      const samples = new Int16Array(2000);
      timeline.read(arrival - 1000, samples);
      const end = samples.lastIndexOf(level);
      worst = Math.max(worst, Math.abs(arrival - 1000 + end + 1 - (arrival - (n % 7) * 20)));
    }
    expect(worst).toBeLessThanOrEqual(160);
  }
});

it('forgets what is older than a second, and does not mind wrapped timestamps', () => {
  const timeline = new Timeline();
  timeline.write(frame, PCMU.toLinear, 0xffff_ff60, 160);
  timeline.write(frame, PCMU.toLinear, 0, 320);
  expect(loud(timeline, 0, 320)).toEqual([true, true]);
  timeline.write(frame, PCMU.toLinear, 20_000, 20_320);
  expect(loud(timeline, 0, 320)).toEqual([false, false]);
});
