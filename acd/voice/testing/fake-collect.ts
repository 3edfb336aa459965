import type { Clock } from '../../../config/clock.ts';
import type { Sound } from '../../../switch/index.ts';
import type { FakeCollecting, FakeLeg } from './fake-leg.ts';

interface CollectSurround {
  readonly clock: Clock;
  play(leg: FakeLeg, sounds: readonly Sound[], done: () => void): void;
  stopPlaying(leg: FakeLeg): void;
}

function fits(state: FakeCollecting): boolean {
  const { minDigits, pattern } = state.request;
  return (
    state.digits.length >= minDigits && (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(state.digits))
  );
}

function finish(leg: FakeLeg, state: FakeCollecting, outcome: Parameters<FakeCollecting['end']>[0]): void {
  state.timer?.cancel();
  leg.collecting = undefined;
  state.end(outcome);
}

/** Begins one attempt: the prompts, then the wait for the first digit. */
export function beginAttempt(leg: FakeLeg, state: FakeCollecting, surround: CollectSurround): void {
  state.attempt += 1;
  state.digits = '';
  surround.play(leg, state.request.prompts, () => {
    if (leg.collecting !== state || state.digits !== '') return;
    state.timer = surround.clock.after(state.request.firstDigitTimeoutMs, () =>
      endAttempt(leg, state, surround, 'no-input'),
    );
  });
}

function endAttempt(leg: FakeLeg, state: FakeCollecting, surround: CollectSurround, why: 'no-input' | 'invalid'): void {
  state.timer?.cancel();
  if (state.attempt >= state.request.attempts) finish(leg, state, { kind: why });
  else if (why === 'no-input' || !state.request.invalidPrompt) beginAttempt(leg, state, surround);
  else {
    surround.play(leg, [state.request.invalidPrompt], () => {
      if (leg.collecting === state) beginAttempt(leg, state, surround);
    });
  }
}

/** Takes one digit in. */
export function takeDigit(leg: FakeLeg, state: FakeCollecting, digit: string, surround: CollectSurround): void {
  surround.stopPlaying(leg);
  state.timer?.cancel();
  const complete = () =>
    fits(state)
      ? finish(leg, state, { kind: 'digits', digits: state.digits })
      : endAttempt(leg, state, surround, 'invalid');
  const isTerminator = state.request.terminators.includes(digit);
  if (!isTerminator) state.digits += digit;
  if (isTerminator || state.digits.length >= state.request.maxDigits) complete();
  else state.timer = surround.clock.after(state.request.interDigitTimeoutMs, complete);
}
