import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWav, resample, toMono, writeWav } from '../audio/index.ts';
import { type ProgramOutcome, runProgram } from './run-program.ts';
import {
  checkSpeechText,
  type SpeechLanguage,
  type SpeechOutcome,
  type SpeechRequest,
  type SpeechSynthesizer,
} from './synthesizer.ts';

/** How one outside program speaks. */
export interface SpeechProgram {
  readonly name: string;
  readonly program: string;
  /** Ends at once with code 0 when the program is installed. */
  readonly probeArgs: readonly string[];
  /** Voices by language, best first; a voice that the program does not have is passed over. */
  readonly voices: Readonly<Partial<Record<SpeechLanguage, readonly string[]>>>;
  /** Where the WAV comes out. flite writes files only: what Node gives it as standard output cannot be opened by name. */
  readonly output: 'stdout' | 'file';
  /** The text goes into the arguments or the input, never through a shell. `file` is where to write when the output is one. */
  command(text: string, voice: string, file: string): { readonly args: readonly string[]; readonly input: string };
}

const DEFAULT_DEADLINE_MS = 10_000;
const PROBE_DEADLINE_MS = 3000;
/** Programs running at once; more would take the processor from the calls. */
const AT_ONCE = 2;
const TELEPHONE_HZ = 8000;

/** A synthesiser that runs a program for each text. */
export class ProgramSynthesizer implements SpeechSynthesizer {
  readonly name: string;
  readonly #program: SpeechProgram;
  readonly #deadlineMs: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param options.deadlineMs for one run of the program, default 10 s */
  constructor(program: SpeechProgram, options: { readonly deadlineMs?: number } = {}) {
    this.name = program.name;
    this.#program = program;
    this.#deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  }

  async languages(): Promise<readonly SpeechLanguage[]> {
    const { program, probeArgs, voices } = this.#program;
    const outcome = await runProgram(program, probeArgs, { input: '', deadlineMs: PROBE_DEADLINE_MS });
    return outcome.kind === 'ended' ? (Object.keys(voices) as SpeechLanguage[]) : [];
  }

  async speak(request: SpeechRequest): Promise<SpeechOutcome> {
    const checked = checkSpeechText(request.text);
    if (checked.kind === 'invalid') return checked;
    const voices = this.#program.voices[request.language];
    if (!voices) return { kind: 'unavailable', detail: `${this.name} has no voice for ${request.language}` };
    let outcome: SpeechOutcome = { kind: 'unavailable', detail: `${this.name} has no voice` };
    for (const voice of voices) {
      outcome = await this.#withTurn(() => this.#speakWith(checked.text, voice));
      if (outcome.kind === 'spoken' || outcome.kind === 'unavailable') return outcome;
    }
    return outcome;
  }

  async #withTurn<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  async #speakWith(text: string, voice: string): Promise<SpeechOutcome> {
    const folder = await mkdtemp(join(tmpdir(), 'speech-'));
    try {
      const file = join(folder, 'speech.wav');
      const { args, input } = this.#program.command(text, voice, file);
      const outcome = await runProgram(this.#program.program, args, { input, deadlineMs: this.#deadlineMs });
      if (outcome.kind !== 'ended' || outcome.code !== 0) return this.#fault(outcome);
      const bytes =
        this.#program.output === 'stdout' ? outcome.stdout : await readFile(file).catch(() => Buffer.alloc(0));
      return await this.#telephoneSpeech(bytes, voice);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #telephoneSpeech(bytes: Buffer, voice: string): Promise<SpeechOutcome> {
    const sound = readWav(bytes);
    if (sound.kind === 'invalid') return { kind: 'failed', detail: `${this.name}: ${sound.reason}` };
    const { samples } = await resample(toMono(sound), TELEPHONE_HZ);
    if (samples.length === 0) return { kind: 'failed', detail: `${this.name} gave no sound` };
    const wav = writeWav([samples], TELEPHONE_HZ);
    return { kind: 'spoken', wav, durationMs: Math.round(samples.length / 8), by: `${this.name}/${voice}` };
  }

  #fault(outcome: ProgramOutcome): SpeechOutcome {
    if (outcome.kind === 'absent') return { kind: 'unavailable', detail: `${this.#program.program} is not installed` };
    if (outcome.kind === 'late')
      return { kind: 'failed', detail: `${this.name} took longer than ${this.#deadlineMs} ms` };
    if (outcome.kind === 'too-much') return { kind: 'failed', detail: `${this.name} gave more than 8 MiB` };
    if (outcome.kind === 'crashed') return { kind: 'failed', detail: `${this.name} ended by ${outcome.detail}` };
    return { kind: 'failed', detail: `${this.name} ended with code ${outcome.code}` };
  }
}
