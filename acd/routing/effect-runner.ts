import type { Clock } from '../../config/clock.ts';
import { CodedError, isCoded } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { Effect, EffectOf, EffectType } from '../engine/index.ts';
import type { EffectMark, EffectResult } from '../store/index.ts';
import { EFFECT_RETRIES, retryDelayMs } from './effect-retries.ts';

/** What a handler learns beside the effect. */
export interface EffectContext {
  /** 1 the first time. */
  readonly attempt: number;
  /** True when the effect was decided before a restart and it is not known whether it was carried out: look first. */
  readonly recovered: boolean;
}

/**
 * Carries an effect out; idempotent by `effect.id`. It settles when the thing is under way: a handler that waited for a person
 * would hold up what comes next for the same contact.
 */
export type EffectHandler<T extends EffectType> = (effect: EffectOf<T>, context: EffectContext) => Promise<void> | void;

/** One who acts on effects, e.g. voice or the records. Consumers do not wait for each other. */
export interface EffectConsumer {
  readonly name: string;
  readonly handlers: { readonly [T in EffectType]?: EffectHandler<T> };
}

/** An effect together with the journal entry that decided it. */
export interface DecidedEffect {
  readonly seq: number;
  readonly effect: Effect;
}

export interface EffectRunner {
  /** Hands effects to the consumers: in order per contact (or per agent, for effects without a contact) and consumer. */
  dispatch(decided: readonly DecidedEffect[], recovered?: boolean): void;
  /** True when somebody acts on effects of this type. */
  isHandled(type: EffectType): boolean;
  /** Effects that are not carried out yet, in the order of their decision. */
  outstanding(): readonly DecidedEffect[];
  /** What became of effects since the last call. Given back with `returnMarks` if they could not be stored. */
  takeMarks(): readonly EffectMark[];
  returnMarks(marks: readonly EffectMark[]): void;
  /** Resolves when nothing is outstanding. */
  idle(): Promise<void>;
  /** No handler is called any more; what is left stays outstanding. Idempotent. */
  stop(): void;
}

interface Open extends DecidedEffect {
  remaining: number;
  failed: boolean;
}

/** Makes the runner. Handlers that throw are logged and asked again as {@link EFFECT_RETRIES} says. */
export function createEffectRunner(options: {
  readonly consumers: readonly EffectConsumer[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** No handler is called before; what is dispatched earlier waits in its place. */
  readonly startWhen?: Promise<void>;
}): EffectRunner {
  const { consumers, clock, logger } = options;
  const open = new Map<string, Open>();
  const lanes = new Map<string, Promise<void>>();
  let marks: EffectMark[] = [];
  let waitingForIdle: (() => void)[] = [];
  let stopped = false;

  function dispatch(decided: readonly DecidedEffect[], recovered = false): void {
    for (const { seq, effect } of decided) {
      const interested = consumers.filter((consumer) => consumer.handlers[effect.type]);
      if (interested.length === 0 || open.has(effect.id)) continue;
      const entry: Open = { seq, effect, remaining: interested.length, failed: false };
      open.set(effect.id, entry);
      for (const consumer of interested) enterLane(consumer, entry, recovered);
    }
  }

  function enterLane(consumer: EffectConsumer, entry: Open, recovered: boolean): void {
    const key = `${consumer.name} ${laneOf(entry.effect)}`;
    const tail = (lanes.get(key) ?? options.startWhen ?? Promise.resolve()).then(() =>
      runOne(consumer, entry, recovered),
    );
    lanes.set(key, tail);
    void tail.then(() => {
      if (lanes.get(key) === tail) lanes.delete(key);
    });
  }

  async function runOne(consumer: EffectConsumer, entry: Open, recovered: boolean): Promise<void> {
    const { effect } = entry;
    const policy = EFFECT_RETRIES[effect.type];
    for (let attempt = 1; !stopped; attempt++) {
      try {
        await (consumer.handlers[effect.type] as EffectHandler<EffectType>)(effect, { attempt, recovered });
        settle(entry, 'done');
        return;
      } catch (fault) {
        const isAway = isCoded(fault, 'store.unavailable') && policy.attempts > 1;
        const isFinal = !isAway && (attempt >= policy.attempts || (fault instanceof CodedError && !fault.retryable));
        const fields = { consumer: consumer.name, effect: effect.type, effectId: effect.id, attempt, isFinal };
        logger.error(
          { ...fields, code: fault instanceof CodedError ? fault.code : 'internal', err: fault },
          'effect failed',
        );
        if (isFinal) {
          settle(entry, 'failed');
          return;
        }
        await new Promise<void>((resolve) => clock.after(retryDelayMs(policy, attempt), resolve));
      }
    }
  }

  function settle(entry: Open, result: EffectResult): void {
    entry.remaining--;
    entry.failed ||= result === 'failed';
    if (entry.remaining > 0) return;
    open.delete(entry.effect.id);
    marks.push({ effectId: entry.effect.id, seq: entry.seq, outcome: entry.failed ? 'failed' : 'done' });
    if (open.size > 0) return;
    for (const resolve of waitingForIdle) resolve();
    waitingForIdle = [];
  }

  return {
    dispatch,
    isHandled: (type) => consumers.some((consumer) => consumer.handlers[type] !== undefined),
    outstanding: () => [...open.values()].map(({ seq, effect }) => ({ seq, effect })),
    takeMarks() {
      const taken = marks;
      marks = [];
      return taken;
    },
    returnMarks(returned) {
      marks = [...returned, ...marks];
    },
    idle: () =>
      open.size === 0 || stopped ? Promise.resolve() : new Promise((resolve) => waitingForIdle.push(resolve)),
    stop() {
      stopped = true;
      for (const resolve of waitingForIdle) resolve();
      waitingForIdle = [];
    },
  };
}

function laneOf(effect: Effect): string {
  if ('contactId' in effect) return `contact ${effect.contactId}`;
  return 'agentId' in effect ? `agent ${effect.agentId}` : effect.type;
}
