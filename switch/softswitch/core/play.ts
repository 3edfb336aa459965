import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { preAnswer } from './answer.ts';
import { publishChannelEvent } from './build-event.ts';
import { setVariable } from './channel.ts';
import { takeDigit } from './digits.ts';
import type { Header } from './event.ts';
import { runQueue } from './execute.ts';
import type { Session } from './session.ts';
import type { SwitchCore } from './switch-core.ts';
import { mayGoOn, nextWake } from './wait.ts';

/** `done`: to the end. `break`: `uuid_break`, or a digit that ends it. `missing`: no such sound. `left`: the leg had to go elsewhere. */
export type PlayEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'break'; readonly digit?: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'left' };

export interface PlayOptions {
  /** Digits that end it; `any`, or `none`. Other digits are read and forgotten. */
  readonly endOn?: string;
  readonly loop?: boolean;
  /** Hears every digit that is read. */
  readonly onDigit?: (digit: string) => void;
}

const SAMPLES_PER_MS = 8;

function fileHeaders(path: string): Header[] {
  const type = /^([a-z_]+):\/\//.exec(path)?.[1];
  return [...(type === undefined ? [] : [['Playback-File-Type', type] as const]), ['Playback-File-Path', path]];
}

async function exists(sw: SwitchCore, path: string): Promise<boolean> {
  if (/^[a-z_]+:\/\//.test(path)) return true;
  const file = sw.settings.soundsDir === undefined ? path : resolve(sw.settings.soundsDir, path);
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function endedBy(digit: string, endOn: string | undefined): boolean {
  if (endOn === 'any') return true;
  return endOn !== undefined && endOn !== 'none' && endOn.includes(digit);
}

/** Plays one sound to the leg, between its PLAYBACK_START and PLAYBACK_STOP events. A caller who waits gets early media for it. */
export async function playSound(
  sw: SwitchCore,
  session: Session,
  path: string,
  options: PlayOptions = {},
): Promise<PlayEnd> {
  const { channel, leg } = session;
  const { media } = leg;
  if (!media || !(await exists(sw, path))) return { kind: 'missing' };
  if (!mayGoOn(session) || !preAnswer(sw, session)) return { kind: 'left' };
  const about = fileHeaders(path);
  publishChannelEvent(sw, channel, 'PLAYBACK_START', { after: about });
  // While a leg of a bridge plays, its partner hears nothing of it, as in FreeSWITCH; the bridge joins them again afterwards.
  sw.media.unbridge(media);
  const playback = media.play([path], options.loop ? { loop: true } : {});
  session.playing++;
  const end = await listen(sw, session, playback.outcome, options);
  session.playing--;
  playback.stop();
  const playedMs = Math.round(playback.playedMs);
  setVariable(channel, 'playback_last_offset_pos', String(playedMs * SAMPLES_PER_MS));
  setVariable(channel, 'playback_seconds', String(Math.floor(playedMs / 1000)));
  setVariable(channel, 'playback_ms', String(playedMs));
  setVariable(channel, 'playback_samples', String(playedMs * SAMPLES_PER_MS));
  publishChannelEvent(sw, channel, 'PLAYBACK_STOP', {
    after: [...about, ['Playback-Status', end.kind === 'break' ? 'break' : 'done']],
  });
  return end;
}

async function listen(
  sw: SwitchCore,
  session: Session,
  outcome: Promise<{ readonly kind: 'done' | 'stopped' | 'missing' }>,
  options: PlayOptions,
): Promise<PlayEnd> {
  for (;;) {
    const woken = await nextWake(session, sw.clock, { done: outcome, digits: true });
    if (woken === 'message') await runQueue(sw, session);
    else if (woken === 'digit') {
      const digit = takeDigit(sw, session);
      if (digit === undefined) continue;
      options.onDigit?.(digit);
      if (endedBy(digit, options.endOn)) return { kind: 'break', digit };
    } else if (woken === 'break') return { kind: 'break' };
    else if (woken === 'leave') return { kind: 'left' };
    else {
      const { kind } = await outcome;
      return kind === 'missing' ? { kind: 'missing' } : { kind: 'done' };
    }
  }
}

/** The sounds of a playback argument: one, or several joined by `!` in `file_string://` or by the leg's `playback_delimiter`. */
export function soundsOf(session: Session, text: string): string[] {
  const plain = text.replace(/^\{[^}]*\}/, '').trim();
  if (plain.startsWith('file_string://')) return plain.slice(14).split('!').filter(Boolean);
  const delimiter = session.channel.variables.get('playback_delimiter');
  return delimiter ? plain.split(delimiter).filter(Boolean) : [plain];
}

/** Plays sounds one after the other; the first that is broken off ends them all. A missing one is skipped, unless none is there. */
export async function playSounds(
  sw: SwitchCore,
  session: Session,
  text: string,
  options: PlayOptions = {},
): Promise<PlayEnd> {
  let last: PlayEnd = { kind: 'missing' };
  for (const sound of soundsOf(session, text)) {
    const end = await playSound(sw, session, sound, options);
    if (end.kind === 'break' || end.kind === 'left') return end;
    if (end.kind === 'done' || last.kind === 'missing') last = end;
  }
  return last;
}
