import { isAbsolute, join } from 'node:path';
import { TICK_SAMPLES } from '../../../media/index.ts';
import type { EngineState } from './leg-state.ts';
import { parseToneStream, TonePlayer } from './tone-stream.ts';

/** Something that gives sound 20 ms at a time. */
export interface SoundSource {
  /** Fills `target` (160 samples) from its start; fewer than 160 means that it is over. */
  read(target: Int16Array, tick: number): number;
}

const MAX_SILENCE_MS = 86_400_000;

function pcmSource(samples: Int16Array): SoundSource {
  let at = 0;
  return {
    read(target) {
      const count = Math.min(TICK_SAMPLES, samples.length - at);
      for (let i = 0; i < count; i += 1) target[i] = samples[at + i]!;
      at += count;
      return count;
    },
  };
}

function silenceSource(durationMs: number): SoundSource {
  let left = durationMs < 0 ? Number.POSITIVE_INFINITY : durationMs * 8;
  return {
    read(target) {
      const count = Math.min(TICK_SAMPLES, left);
      target.fill(0, 0, count);
      left -= count;
      return count;
    },
  };
}

/** Makes a fresh source each time, so that a list of sounds can be looped. */
export type SourceMaker = () => SoundSource;

/**
 * Finds out what `sound` names: `tone_stream://…`, `silence_stream://ms[,…]` (-1 for ever), `local_stream://name`, or the path of a WAV file.
 * Undefined when there is no such thing.
 */
export async function resolveSound(engine: EngineState, sound: string): Promise<SourceMaker | undefined> {
  const [, scheme, rest] = /^([a-z_]+):\/\/(.*)$/s.exec(sound) ?? [];
  if (scheme === 'tone_stream') {
    const script = parseToneStream(rest!);
    return script && (() => new TonePlayer(script));
  }
  if (scheme === 'silence_stream') {
    const durationMs = Number(/^(-1|\d{1,9})(,\d+)?$/.exec(rest!)?.[1] ?? Number.NaN);
    return durationMs <= MAX_SILENCE_MS ? () => silenceSource(durationMs) : undefined;
  }
  if (scheme === 'local_stream') {
    const music = engine.music.stream(rest!);
    return () => ({ read: (target, tick) => music.read(target, tick) });
  }
  if (scheme !== undefined || sound === '' || sound.includes('\0')) return undefined;
  const path = isAbsolute(sound) || engine.soundsDir === undefined ? sound : join(engine.soundsDir, sound);
  const loaded = await engine.sounds.load(path);
  return loaded.kind === 'sound' ? () => pcmSource(loaded.pcm.samples) : undefined;
}
