/**
 * Renders every prompt of the manifest, and the waiting music, into this folder: 8 kHz, 16 bit, mono, loudest sample about -6 dB of full
 * scale. Run it with `npx tsx config/prompts/render.ts` after a text changed; it needs espeak-ng and flite. The files are committed,
 * so nobody needs either to run Tandem.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RATE_HZ = 8_000;
const PEAK = Math.round(32_767 * 10 ** (-6 / 20));
/** Silence kept around the words, ms. */
const MARGIN_MS = 60;
const folder = import.meta.dirname;

interface Manifest {
  readonly prompts: readonly { readonly id: string; readonly text: Readonly<Record<'zh-CN' | 'en', string>> }[];
}

function samplesOf(wav: Buffer): { samples: Int16Array; rateHz: number } {
  let at = 12;
  let rateHz = 0;
  while (at + 8 <= wav.length) {
    const name = wav.toString('latin1', at, at + 4);
    const size = Math.min(wav.readUInt32LE(at + 4), wav.length - at - 8);
    if (name === 'fmt ') rateHz = wav.readUInt32LE(at + 12);
    if (name === 'data') {
      const count = size >> 1;
      return { samples: Int16Array.from({ length: count }, (_, i) => wav.readInt16LE(at + 8 + i * 2)), rateHz };
    }
    at += 8 + size + (size & 1);
  }
  return { samples: new Int16Array(0), rateHz };
}

/** To 8 kHz with a windowed-sinc low pass, so that nothing folds back. */
function to8k(input: { samples: Int16Array; rateHz: number }): Float64Array {
  const ratio = input.rateHz / RATE_HZ;
  const cutoff = Math.min(1, 1 / ratio) * 0.92;
  const half = Math.ceil(16 * Math.max(1, ratio));
  const output = new Float64Array(Math.floor(input.samples.length / ratio));
  for (let i = 0; i < output.length; i++) {
    const centre = i * ratio;
    let sum = 0;
    for (let k = Math.floor(centre) - half; k <= centre + half; k++) {
      const x = (k - centre) * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      const window = 0.5 + 0.5 * Math.cos((Math.PI * (k - centre)) / (half + 1));
      sum += (input.samples[k] ?? 0) * sinc * window * cutoff;
    }
    output[i] = sum;
  }
  return output;
}

function trimAndLevel(sound: Float64Array, trim: boolean): Int16Array {
  const peak = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  let from = 0;
  let to = sound.length;
  if (trim) {
    const quiet = peak * 0.01;
    const margin = (MARGIN_MS * RATE_HZ) / 1_000;
    from = Math.max(0, sound.findIndex((value) => Math.abs(value) > quiet) - margin);
    to = Math.min(sound.length, sound.findLastIndex((value) => Math.abs(value) > quiet) + margin);
  }
  return Int16Array.from(sound.subarray(from, to), (value) => Math.round((value / peak) * PEAK));
}

function wavOf(samples: Int16Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE_HZ, 24);
  head.writeUInt32LE(RATE_HZ * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

/** Chinese by espeak-ng's pinyin voice (its plain `cmn` spells syllables in English); English by flite's `rms`. */
function speak(text: string, locale: 'zh-CN' | 'en', path: string): void {
  if (locale === 'en') execFileSync('flite', ['-voice', 'rms', '-t', text, '-o', path]);
  else execFileSync('espeak-ng', ['-v', 'cmn-latn-pinyin', '-s', '160', '-g', '1', '-w', path, text]);
}

/**
 * Two calm verses of slow chords that swell and fade, about 50 s. The end rings out into silence: it may begin again at once, or after the
 * second that FreeSWITCH rests between files.
 */
function music(): Int16Array {
  const chordsHz = [
    [130.81, 196.0, 261.63, 329.63],
    [110.0, 164.81, 261.63, 329.63],
    [87.31, 174.61, 261.63, 349.23],
    [98.0, 196.0, 246.94, 293.66],
    [130.81, 196.0, 329.63, 392.0],
    [110.0, 220.0, 261.63, 329.63],
    [87.31, 220.0, 261.63, 349.23],
    [98.0, 196.0, 293.66, 392.0],
  ];
  const versesOrder = [
    [0, 2, 1, 3],
    [3, 1, 2, 0],
  ];
  const chordSamples = Math.round(3.2 * RATE_HZ);
  const ringOutSamples = chordSamples / 2;
  const sound = new Float64Array(chordSamples * chordsHz.length * versesOrder.length + ringOutSamples);
  const put = (at: number, length: number, hz: number, loudness: number, attackS: number, fadeS: number) => {
    const samples = Math.min(length, sound.length - at);
    for (let i = 0; i < samples; i++) {
      const t = i / RATE_HZ;
      const fadeOut = Math.min(1, (samples - i) / (0.3 * RATE_HZ));
      const envelope = Math.min(1, t / attackS) * Math.exp(-t / fadeS) * fadeOut;
      const wave = Math.sin(2 * Math.PI * hz * t) + 0.22 * Math.sin(4 * Math.PI * hz * t) * Math.exp(-t / 0.4);
      sound[at + i]! += loudness * envelope * wave;
    }
  };
  versesOrder.forEach((order, verse) => {
    chordsHz.forEach((chord, index) => {
      const start = (verse * chordsHz.length + index) * chordSamples;
      for (const hz of chord) put(start, chordSamples + ringOutSamples, hz, 0.5, 0.8, 2.2);
      order.forEach((note, beat) => {
        put(start + Math.round((beat * chordSamples) / 4), chordSamples, (chord[note] ?? 0) * 2, 0.5, 0.02, 0.7);
      });
    });
  });
  const levelled = trimAndLevel(sound, false);
  // Music stands behind speech: 10 dB under the prompts.
  return levelled.map((value) => Math.round(value * 10 ** (-10 / 20)));
}

const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
const scratch = mkdtempSync(join(tmpdir(), 'prompts-'));
try {
  for (const locale of ['zh-CN', 'en'] as const) {
    mkdirSync(join(folder, locale), { recursive: true });
    for (const { id, text } of manifest.prompts) {
      const raw = join(scratch, 'raw.wav');
      speak(text[locale], locale, raw);
      writeFileSync(join(folder, locale, `${id}.wav`), wavOf(trimAndLevel(to8k(samplesOf(readFileSync(raw))), true)));
    }
  }
  mkdirSync(join(folder, 'music'), { recursive: true });
  writeFileSync(join(folder, 'music', 'default.wav'), wavOf(music()));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
