import type { ManualClock, Timer } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import { type Configuration, createEngine, type Effect, type Engine, type EngineEvent } from '../../engine/index.ts';
import type { EffectConsumer } from '../../routing/index.ts';
import type { Routing } from '../ports.ts';

/** The real engine with a journal in memory: enough of a routing domain for tests of voice. */
export interface FakeRouting extends Routing {
  readonly engine: Engine;
  readonly journal: EngineEvent[];
  readonly effects: Effect[];
  /** While true every event is refused, as when the database is away. */
  away: boolean;
  ownerCertain: boolean;
  standby: boolean;
  consumer: EffectConsumer | undefined;
}

export function fakeRouting(clock: ManualClock, configuration: Configuration): FakeRouting {
  const made = createEngine(configuration, { seed: 1 });
  if (!made.ok) throw new CodedError('config.invalid', { problems: made.problems.join('; ') });
  const { engine } = made;
  let timer: Timer | undefined;
  const carryOut = (effects: readonly Effect[]) => {
    routing.effects.push(...effects);
    for (const effect of effects) {
      const handler = routing.consumer?.handlers[effect.type] as
        | ((effect: Effect, context: object) => void)
        | undefined;
      // As in the domain: effects are handed on, one by one, some time after `submit` has its answer.
      setImmediate(() => handler?.(effect, { attempt: 1, recovered: false }));
    }
    schedule();
  };
  const schedule = () => {
    timer?.cancel();
    const dueMs = engine.nextDeadline();
    if (dueMs === undefined) return;
    timer = clock.after(Math.max(0, dueMs - clock.now()), () => carryOut(engine.apply({ type: 'tick' }, clock.now())));
  };
  const routing: FakeRouting = {
    engine,
    journal: [],
    effects: [],
    away: false,
    ownerCertain: true,
    standby: false,
    hasStandby: () => routing.standby,
    isOwnerCertain: () => routing.ownerCertain,
    consumer: undefined,
    async submit(event) {
      if (routing.away) throw new CodedError('store.unavailable', {});
      routing.journal.push(event);
      const effects = engine.apply(event, clock.now());
      carryOut(effects);
      return effects;
    },
    contact: (contactId) => engine.contact(contactId, clock.now()),
    agent: (agentId) => engine.agent(agentId, clock.now()),
    contactIds: () => engine.contactIds(),
    position: (contactId) => engine.position(contactId, clock.now()),
    estimateWait: (contactId) => engine.estimateWait({ contactId }, clock.now()),
  };
  return routing;
}
