import type { Configuration, Effect, Engine, EngineEvent, EngineResult } from '../index.ts';
import { checkEffect, checkOffer, checkRest, forgetPreferred } from './laws.ts';
import { Shadow } from './shadow.ts';
import { eventOf, pauseBefore, type Step } from './steps.ts';
import { configurationOf } from './world-of.ts';

/** The two functions of the door, so that an engine with a fault can be judged by the same rules. */
export interface EngineModule {
  createEngine(configuration: Configuration, options: { readonly seed: number }): EngineResult;
  restoreEngine(snapshot: unknown): EngineResult;
}

export interface History {
  readonly world: number;
  readonly seed: number;
  readonly steps: readonly Step[];
}

/** What a history came to: the first law that was broken, and the log to replay. */
export interface Verdict {
  readonly violation: string | undefined;
  readonly events: number;
  readonly accepted: Readonly<Record<string, number>>;
}

const START_MS = 1_790_000_000_000;
const TICKS_MOST = 5_000;

class Trial {
  readonly log: { readonly event: EngineEvent; readonly nowMs: number; readonly effects: string }[] = [];
  readonly accepted: Record<string, number> = {};
  readonly #engine: Engine;
  readonly #shadow: Shadow;
  #nowMs = START_MS;
  #snapshotAt = -1;
  #snapshot: string | undefined;

  constructor(engine: Engine, configuration: Configuration, snapshotAt: number) {
    this.#engine = engine;
    this.#shadow = new Shadow(configuration);
    this.#snapshotAt = snapshotAt;
  }

  /** One event through engine and shadow; the first broken law, if any. */
  #apply(event: EngineEvent, late: boolean): string | undefined {
    const { open } = { open: event.type === 'tick' || this.log.length % 5 > 0 ? undefined : this.#state() };
    const effects = this.#engine.apply(event, this.#nowMs);
    this.log.push({ event, nowMs: this.#nowMs, effects: JSON.stringify(effects) });
    const refused = effects[0]?.type === 'rejected';
    if (refused) {
      if (effects.length > 1) return `${event.type} was rejected and had effects`;
      if (open !== undefined && open !== this.#state()) return `${event.type} was rejected and changed the state`;
      return undefined;
    }
    this.accepted[event.type] = (this.accepted[event.type] ?? 0) + 1;
    this.#shadow.passTime(this.#nowMs);
    this.#shadow.take(event, this.#nowMs);
    const broken = this.#judge(effects, late);
    if (broken) return `${broken} (${event.type})`;
    const due = this.#engine.nextDeadline();
    const seen = due === undefined || due > this.#nowMs;
    forgetPreferred(this.#shadow, this.#nowMs);
    if (this.log.length === this.#snapshotAt) this.#snapshot = JSON.stringify(this.#engine.snapshot());
    return checkRest(this.#shadow, this.#nowMs, seen);
  }

  #state(): string {
    const { state } = this.#engine.snapshot() as { state: Record<string, unknown> };
    return JSON.stringify({ ...state, event: 0, nowMs: 0 });
  }

  #judge(effects: readonly Effect[], late: boolean): string | undefined {
    for (const effect of effects) {
      if (effect.type === 'rejected') return 'a rejection came after other effects';
      const broken =
        effect.type === 'offer'
          ? checkOffer(this.#shadow, effect, this.#nowMs, late)
          : checkEffect(this.#shadow, effect);
      if (broken) return broken;
      this.#shadow.carryOut(effect);
      if (this.#shadow.violation) return this.#shadow.violation;
    }
    return undefined;
  }

  /** Time goes on by `ms`, with a tick at every deadline, or with a single late one. */
  pass(ms: number, late: boolean): string | undefined {
    const untilMs = this.#nowMs + ms;
    for (let ticks = 0; !late && ticks < TICKS_MOST; ticks++) {
      const due = this.#engine.nextDeadline();
      if (due === undefined || due > untilMs) break;
      this.#nowMs = Math.max(this.#nowMs, due);
      const broken = this.#apply({ type: 'tick' }, false);
      if (broken) return broken;
    }
    this.#nowMs = untilMs;
    return late ? this.#apply({ type: 'tick' }, true) : undefined;
  }

  step(step: Step, version: number): string | undefined {
    const broken = this.pass(pauseBefore(step), step.kind === 25 && step.c % 8 === 0);
    if (broken) return broken;
    const event = eventOf(step, this.#shadow, this.#nowMs, version);
    return event && this.#apply(event, false);
  }

  /** Law 6: with nobody acting any more, everything timed ends by time, and the rest by one event each. */
  runOut(): string | undefined {
    for (const id of this.#engine.agentIds()) {
      const broken = this.#apply({ type: 'agent-signed-out', agentId: id }, false);
      if (broken) return broken;
    }
    const broken = this.pass(3_600_000, false);
    if (broken) return broken;
    for (const id of this.#engine.agentIds()) {
      const agent = this.#engine.agent(id, this.#nowMs)!;
      const stuck = agent.work.find((work) => work.state !== 'handling');
      if (stuck) return `law 6: ${id} is still in ${stuck.state} for ${stuck.contactId}`;
      if (agent.pausedUntilMs !== undefined) return `law 6: ${id} is still paused`;
    }
    for (const id of this.#engine.contactIds()) {
      const state = this.#engine.contact(id, this.#nowMs)?.state;
      if (state === 'offered') return `law 6: ${id} is still ${state}`;
      const ended = this.#apply({ type: 'contact-abandoned', contactId: id }, false);
      if (ended) return ended;
    }
    if (this.#engine.contactIds().length > 0) return 'law 6: contacts are left that no event ends';
    for (const contact of this.#shadow.contacts.values())
      if (contact.ended !== 1) return `law 4: ${contact.id} ended ${contact.ended} times`;
    const last = this.pass(3_600_000, false);
    if (last) return last;
    const busy = this.#engine.agentIds().find((id) => this.#engine.agent(id, this.#nowMs)!.work.length > 0);
    return busy === undefined ? undefined : `law 6: ${busy} still has work`;
  }

  /** Law 5: the log gives the same effects again, also when it is taken up from a snapshot in the middle. */
  replay(module: EngineModule, fresh: Engine): string | undefined {
    const end = JSON.stringify(this.#engine.snapshot());
    const again = this.#play(fresh, this.log, end);
    if (again) return `law 5: replay: ${again}`;
    if (this.#snapshot === undefined) return undefined;
    const restored = module.restoreEngine(JSON.parse(this.#snapshot));
    if (!restored.ok) return `law 5: snapshot refused: ${restored.problems.join()}`;
    if (JSON.stringify(restored.engine.snapshot()) !== this.#snapshot)
      return 'law 5: a restored engine gives another snapshot';
    const onwards = this.#play(restored.engine, this.log.slice(this.#snapshotAt), end);
    return onwards && `law 5: after restore: ${onwards}`;
  }

  #play(engine: Engine, log: Trial['log'], end: string): string | undefined {
    for (const { event, nowMs, effects } of log) {
      if (JSON.stringify(engine.apply(event, nowMs)) !== effects) return `${event.type} at ${nowMs} had other effects`;
    }
    return JSON.stringify(engine.snapshot()) === end ? undefined : 'the end state differs';
  }
}

/** Plays a history on an engine and judges every effect by the six laws of routing. */
export function judge(module: EngineModule, history: History): Verdict {
  const configuration = configurationOf(history.world, 1, true);
  const create = (): Engine | string => {
    const made = module.createEngine(configuration, { seed: history.seed });
    return made.ok ? made.engine : made.problems.join('; ');
  };
  const engine = create();
  if (typeof engine === 'string') return { violation: engine, events: 0, accepted: {} };
  const trial = new Trial(engine, configuration, 5 + (history.seed % Math.max(1, history.steps.length)));
  let violation: string | undefined;
  for (let index = 0; index < history.steps.length && !violation; index++) {
    violation = trial.step(history.steps[index]!, index + 2);
  }
  violation ??= trial.runOut();
  violation ??= trial.replay(module, create() as Engine);
  return { violation, events: trial.log.length, accepted: trial.accepted };
}

/** A history made of one number, for runs without a generator of values. */
export function historyOf(number: number, length: number): History {
  let state = (number * 2_654_435_761 + 1) >>> 0;
  const draw = (most: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * most);
  };
  const steps = Array.from({ length }, () => ({ kind: draw(28), a: draw(100), b: draw(100), c: draw(100) }));
  return { world: draw(1_000_000), seed: draw(1_000_000), steps };
}
