import { CodedError } from '../../../config/errors.ts';
import type { Sound } from '../../call-control/index.ts';

/** Largest loop count the tone notation takes; the tone is broken off long before. */
const ENDLESS = -1;

/** The name under which the switch plays a sound. Throws `request.invalid` for a path the switch would read as something else. */
export function soundName(sound: Sound): string {
  switch (sound.kind) {
    case 'file':
      if (!/^[/A-Za-z]/.test(sound.path) || /[{}[\]!']|@@|\$\{/.test(sound.path)) {
        throw new CodedError('request.invalid', { field: 'path', reason: 'characters' });
      }
      return sound.path;
    case 'tone':
      if (/['\s]/.test(sound.spec)) throw new CodedError('request.invalid', { field: 'spec', reason: 'characters' });
      return `tone_stream://${sound.spec}`;
    case 'silence':
      return `silence_stream://${Math.max(1, Math.round(sound.durationMs))}`;
  }
}

/** A sound, or several in a row as one. */
export function soundSequence(sounds: readonly Sound[]): string {
  const names = sounds.map(soundName);
  if (names.length === 0) return soundName({ kind: 'silence', durationMs: 20 });
  return names.length === 1 ? (names[0] ?? '') : `file_string://${names.join('!')}`;
}

/** The same tone over and over. */
export function endlessTone(spec: string): string {
  return `tone_stream://${spec};loops=${ENDLESS}`;
}

/** One word of an argument list: in single quotes when it holds a space. */
export function word(text: string): string {
  if (text.includes("'")) throw new CodedError('request.invalid', { field: 'argument', reason: 'quote' });
  return text.includes(' ') || text === '' ? `'${text}'` : text;
}

/** `{a=b,c='d e'}`: variables in front of a dial string. A value with a character that ends it early is refused. */
export function dialVariables(variables: ReadonlyMap<string, string>): string {
  const parts = [...variables].map(([name, value]) => {
    if (/[,{}[\]'"\\<>|]|\$\{|\^\^/.test(value)) {
      throw new CodedError('request.invalid', { field: name, reason: 'characters' });
    }
    return `${name}=${word(value)}`;
  });
  return `{${parts.join(',')}}`;
}

/** A name to show, without what has a meaning in dial strings. */
export function displayName(name: string): string {
  return name
    .replace(/[,{}[\]'"\\<>|$^\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, 64);
}
