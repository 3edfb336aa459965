import { CodedError } from '../../../../config/errors.ts';
import type { CollectOutcome, CollectRequest, LegId, Sound } from '../../../call-control/index.ts';
import type { RunningApplication } from '../application-book.ts';
import { breakActivity, checkLegId, prepareLeg, type SwitchNode, saysGone } from '../switch-node.ts';
import { soundSequence, word } from '../switch-words.ts';
import { play } from './play.ts';

const RESULT_VARIABLE = 'tandem_digits';

/**
 * Asks for digits, attempt by attempt. The switch plays and collects; whether the input fits is decided here, so that `pattern`
 * needs no quoting and "nothing pressed" and "the wrong thing pressed" stay apart.
 */
export async function collectDigits(node: SwitchNode, legId: LegId, request: CollectRequest): Promise<CollectOutcome> {
  const fits = inputTest(request);
  const leg = node.legs.get(checkLegId(legId));
  void breakActivity(node, leg).catch(() => undefined);
  prepareLeg(node, leg);
  let replaced = false;
  let current: RunningApplication | undefined;
  const activity = {
    onReplaced(): void {
      replaced = true;
      current?.withdraw();
    },
  };
  leg.activity = activity;
  let last: CollectOutcome = { kind: 'no-input' };
  try {
    for (let attempt = 0; attempt < request.attempts && !replaced; attempt++) {
      // The word on a wrong input can be cut short by the next one, like any prompt.
      const prompts =
        last.kind === 'invalid' && request.invalidPrompt
          ? [request.invalidPrompt, ...request.prompts]
          : request.prompts;
      const pressed = countPressed(node, legId, request.terminators);
      current = node.applications.run(
        node.sender,
        legId,
        'play_and_get_digits',
        argument(request, prompts),
        node.deadlineMs,
      );
      const end = await current.end.finally(pressed.stop);
      if (end.kind === 'gone') return { kind: 'gone' };
      if (end.kind === 'withdrawn' || replaced) return { kind: 'no-input' };
      const reply = await node.sender.api(`uuid_getvar ${legId} ${RESULT_VARIABLE}`, node.deadlineMs);
      if (saysGone(reply)) return { kind: 'gone' };
      const digits = reply.text.trim();
      if (digits !== '_undef_' && digits !== '' && fits(digits)) return { kind: 'digits', digits };
      last =
        (digits !== '_undef_' && digits !== '') || pressed.count() > 0 ? { kind: 'invalid' } : { kind: 'no-input' };
    }
  } finally {
    if (leg.activity === activity) leg.activity = undefined;
  }
  if (last.kind === 'invalid' && request.invalidPrompt && !replaced) {
    const said = await play(node, legId, [request.invalidPrompt]).outcome;
    if (said.kind === 'gone') return said;
  }
  return last;
}

function inputTest(request: CollectRequest): (digits: string) => boolean {
  if (!(request.minDigits >= 1 && request.maxDigits >= request.minDigits && request.maxDigits <= 64)) {
    throw new CodedError('request.invalid', { field: 'maxDigits', reason: 'range' });
  }
  if (!/^[0-9*#A-D]{0,8}$/.test(request.terminators)) throw new CodedError('request.invalid', { field: 'terminators' });
  if (!(request.attempts >= 1 && request.attempts <= 10))
    throw new CodedError('request.invalid', { field: 'attempts' });
  let pattern: RegExp | undefined;
  try {
    if (request.pattern !== undefined) pattern = new RegExp(`^(?:${request.pattern})$`);
  } catch (cause) {
    throw new CodedError('request.invalid', { field: 'pattern', reason: 'not-an-expression' }, cause);
  }
  return (digits) =>
    digits.length >= request.minDigits && digits.length <= request.maxDigits && (pattern?.test(digits) ?? true);
}

function argument(request: CollectRequest, prompts: readonly Sound[]): string {
  return [
    request.minDigits,
    request.maxDigits,
    1,
    Math.max(1, Math.round(request.firstDigitTimeoutMs)),
    request.terminators === '' ? 'none' : request.terminators,
    word(soundSequence(prompts)),
    'silence_stream://20',
    RESULT_VARIABLE,
    '.+',
    Math.max(1, Math.round(request.interDigitTimeoutMs)),
  ].join(' ');
}

/** Counts the digits pressed on a leg from now on: an input that is too short leaves no other trace. */
function countPressed(node: SwitchNode, legId: LegId, terminators: string): { count: () => number; stop: () => void } {
  let count = 0;
  const stop = node.events.each((event) => {
    if (event.name !== 'DTMF' || event.legId !== legId) return;
    if (!terminators.includes(event.get('DTMF-Digit') ?? '')) count++;
  });
  return { count: () => count, stop };
}
