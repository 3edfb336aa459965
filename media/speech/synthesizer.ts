/** Languages that prompts are spoken in. */
export const SPEECH_LANGUAGES = ['en', 'zh-CN'] as const;
export type SpeechLanguage = (typeof SPEECH_LANGUAGES)[number];

/** Longest text that is spoken, characters. */
export const MAX_SPEECH_CHARACTERS = 2000;

export interface SpeechRequest {
  /** Plain text, 1 to 2,000 characters; markup is read out, not obeyed. */
  readonly text: string;
  readonly language: SpeechLanguage;
}

/** What became of a text. Only `spoken` has sound; nothing here is thrown. */
export type SpeechOutcome =
  /** A whole WAV file: 8 kHz, 16 bit, one channel. */
  | { readonly kind: 'spoken'; readonly wav: Buffer; readonly durationMs: number; readonly by: string }
  /** Nobody here speaks this language; another one may. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  | { readonly kind: 'invalid'; readonly detail: string }
  /** It should have worked: the engine crashed, was too slow, or gave no sound. */
  | { readonly kind: 'failed'; readonly detail: string };

/** Turns text into speech. */
export interface SpeechSynthesizer {
  /** Which engine and voices, for logs and for the key of the cache: a change of voice makes new prompts. */
  readonly name: string;
  /** Languages that it speaks on this machine now; empty when the engine is not installed. */
  languages(): Promise<readonly SpeechLanguage[]>;
  speak(request: SpeechRequest): Promise<SpeechOutcome>;
}

/** The text without control characters, or why it cannot be spoken. */
export function checkSpeechText(
  text: string,
): { readonly kind: 'text'; readonly text: string } | { readonly kind: 'invalid'; readonly detail: string } {
  if (text.length > MAX_SPEECH_CHARACTERS)
    return { kind: 'invalid', detail: `text is longer than ${MAX_SPEECH_CHARACTERS} characters` };
  const cleaned = text.replace(/\p{Cc}+/gu, ' ').trim();
  return cleaned === '' ? { kind: 'invalid', detail: 'text is empty' } : { kind: 'text', text: cleaned };
}
