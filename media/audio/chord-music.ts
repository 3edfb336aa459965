import type { Pcm } from './pcm.ts';

/** Four chords that come back to where they started: C major 7, A minor 7, F major 7, G 6; notes from low to high, Hz. */
const CHORDS_HZ = [
  [130.81, 261.63, 329.63, 392.0, 493.88],
  [110.0, 261.63, 329.63, 392.0, 440.0],
  [87.31, 261.63, 329.63, 349.23, 440.0],
  [98.0, 246.94, 293.66, 329.63, 392.0],
] as const;
/** The order in which the notes of a chord come; 0 is the bass. */
const PATTERN = [0, 1, 2, 3, 4, 3, 2, 3] as const;
const NOTE_MS = 480;
/** How long a note takes to fade to a third. */
const FADE_MS = 900;
const ATTACK_MS = 25;
/** Loudest sample: about -17 dB of full scale, well under speech. */
const PEAK = 4600;

/** A calm loop of slow broken chords, about 15 s, that joins its own beginning without a seam. For those who bring no music. */
export function chordMusic(sampleRateHz: number): Pcm {
  const noteSamples = Math.round((NOTE_MS * sampleRateHz) / 1000);
  const length = noteSamples * PATTERN.length * CHORDS_HZ.length;
  const mix = new Float64Array(length);
  const ring = Math.round((FADE_MS * 5 * sampleRateHz) / 1000);
  CHORDS_HZ.forEach((chord, bar) => {
    PATTERN.forEach((noteIndex, beat) => {
      const hz = chord[noteIndex]!;
      const loudness = noteIndex === 0 ? 1 : 0.6;
      const start = (bar * PATTERN.length + beat) * noteSamples;
      for (let i = 0; i < ring; i += 1) {
        const t = i / sampleRateHz;
        const envelope = Math.min(1, (t * 1000) / ATTACK_MS) * Math.exp((-t * 1000) / FADE_MS);
        const phase = 2 * Math.PI * hz * t;
        // A soft pluck: the second partial fades faster than the first.
        const wave = Math.sin(phase) + 0.25 * Math.sin(2 * phase) * Math.exp((-t * 1000) / 300);
        mix[(start + i) % length]! += loudness * envelope * wave;
      }
    });
  });
  const loudest = mix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { samples: Int16Array.from(mix, (value) => Math.round((value / loudest) * PEAK)), sampleRateHz };
}
