import { pathStepSchema } from '../../api/contract/index.ts';
import type { AskOutcome, AskRequest, FlowLine } from '../../flows/index.ts';
import type { Call } from '../call.ts';
import { endCall } from '../end-call.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { askSwitch } from '../switch-faults.ts';
import { recordMessage } from './message.ts';
import { queueUp } from './queue-up.ts';
import { sayToCaller } from './say.ts';
import { soundsOf } from './sounds.ts';
import { takeCallback } from './take-callback.ts';
import { transferOut } from './transfer-out.ts';

/** Most steps of the way that are kept. */
const MOST_STEPS_KEPT = 100;

/** The line of one call for one run of a flow. When another flow was started on the call, this one is told that the caller is gone. */
export function openFlowLine(room: VoiceRoom, call: Call, run: number): FlowLine {
  const mine = () => call.flowRun === run && call.stage !== 'over' && call.callerLegId !== undefined;
  const orGone = async <T>(work: () => Promise<T>): Promise<T | { kind: 'gone' }> => {
    if (!mine()) return { kind: 'gone' };
    const outcome = await work();
    return mine() ? outcome : { kind: 'gone' };
  };
  return {
    callerNumber: call.callerNumber,
    dialedNumber: call.dialedNumber,
    contactId: call.contactId,
    get language() {
      return call.language;
    },
    set language(language) {
      call.language = language;
      touch(room, call);
    },
    say: (saying) => orGone(() => sayToCaller(room, call, saying)),
    ask: (request) => orGone(() => ask(room, call, request)),
    pause: (ms) =>
      orGone(async () => {
        await new Promise<void>((resolve) => void room.clock.after(ms, resolve));
        return { kind: 'done' };
      }),
    queueUp: async (request) => {
      if (!mine()) return { kind: 'gone' };
      return queueUp(room, call, request);
    },
    recordMessage: (request) => orGone(() => recordMessage(room, call, request)),
    transferOut: (target, ringTimeoutMs) => orGone(() => transferOut(room, call, target, ringTimeoutMs)),
    hangUp: async (outcome) => {
      if (mine()) endCall(room, call, { outcome, cause: 'flow-ended' });
    },
    showChoices(choices) {
      if (!mine()) return;
      call.choices = choices;
      touch(room, call);
    },
    step(label, value) {
      if (!mine() || call.path.length >= MOST_STEPS_KEPT) return;
      const step = pathStepSchema.parse({ atMs: room.clock.now(), label, ...(value === undefined ? {} : { value }) });
      call.path.push(step);
      room.records.event(call.contactId, {
        atMs: step.atMs,
        kind: 'path',
        data: { label, ...(value === undefined ? {} : { value }) },
      });
      touch(room, call);
    },
    takeCallback: async (number) => mine() && takeCallback(room, call, number),
  };
}

/** A switch that does not answer counts as no input, so the flow's own way for it is taken. */
async function ask(room: VoiceRoom, call: Call, request: AskRequest): Promise<AskOutcome> {
  const prompts = await soundsOf(room, call, request.say);
  const legId = call.callerLegId;
  if (legId === undefined) return { kind: 'gone' };
  const asked = askSwitch(room, call, 'collectDigits', () =>
    call.control.collectDigits(legId, {
      prompts,
      minDigits: request.minDigits,
      maxDigits: request.maxDigits,
      attempts: 1,
      firstDigitTimeoutMs: request.firstDigitTimeoutMs,
      interDigitTimeoutMs: request.interDigitTimeoutMs,
      terminators: request.terminators,
      ...(request.pattern === undefined ? {} : { pattern: request.pattern }),
    }),
  );
  if (request.choices) {
    call.choices = request.choices;
    touch(room, call);
  }
  return (await asked) ?? { kind: 'no-input' };
}
