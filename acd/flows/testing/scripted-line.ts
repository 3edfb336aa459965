import type { Locale } from '../../api/contract/index.ts';
import type { AskOutcome, FlowLine, QueueStay, QueueUpOutcome, Saying, StayEnd } from '../index.ts';

/** A caller in memory: what they press and hear, and when they leave. */
export interface ScriptedLine extends FlowLine {
  readonly said: string[];
  readonly steps: string[];
  /** Answers to the questions that come, in order; none left means no input. */
  readonly answers: AskOutcome[];
  /** After so many sentences the caller is gone. */
  goneAfter: number;
  queue: QueueUpOutcome;
  ended: string | undefined;
}

const wordOf = (saying: Saying) => saying.map((one) => ('prompt' in one ? one.prompt : JSON.stringify(one.text)));

export function scriptedLine(answers: readonly AskOutcome[] = []): ScriptedLine {
  const line: ScriptedLine = {
    callerNumber: '13800001234',
    dialedNumber: '4000',
    contactId: 'contact',
    language: 'en' as Locale,
    said: [],
    steps: [],
    answers: [...answers],
    goneAfter: Number.POSITIVE_INFINITY,
    queue: { kind: 'left', way: 'busy', outcome: 'withdrawn' },
    ended: undefined,
    async say(saying) {
      line.said.push(...wordOf(saying));
      return line.said.length > line.goneAfter ? { kind: 'gone' } : { kind: 'done' };
    },
    async ask(request) {
      line.said.push(...wordOf(request.say));
      if (line.said.length > line.goneAfter) return { kind: 'gone' };
      return line.answers.shift() ?? { kind: 'no-input' };
    },
    pause: async () => ({ kind: 'done' }),
    queueUp: async () => line.queue,
    recordMessage: async () => ({ kind: 'stored', durationMs: 1_000 }),
    transferOut: async () => ({ kind: 'failed', reason: 'busy' }),
    hangUp: async (outcome) => {
      line.ended = outcome;
    },
    showChoices: () => {},
    step: (label, value) => void line.steps.push(value === undefined ? label.en : `${label.en}=${value}`),
    takeCallback: async () => true,
  };
  return line;
}

/** A stay that is over when the test says so. */
export function scriptedStay(): { readonly stay: QueueStay; end(end: StayEnd): void; press(digit: string): void } {
  let settle = (_: StayEnd): void => {};
  let ended = false;
  const listeners = new Set<(digit: string) => void>();
  const over = new Promise<StayEnd>((resolve) => {
    settle = resolve;
  });
  const stay: QueueStay = {
    over,
    get ended() {
      return ended;
    },
    place: () => ({ position: 2, waitMs: 90_000 }),
    startMusic: async () => {},
    say: async () => {},
    onDigit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wait: () => over.then(() => undefined),
    leave: async () => !ended,
    announced: () => {},
  };
  return {
    stay,
    end(end) {
      ended = true;
      settle(end);
    },
    press: (digit) => {
      for (const listener of listeners) listener(digit);
    },
  };
}
