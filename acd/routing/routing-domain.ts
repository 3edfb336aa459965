import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../config/clock.ts';
import { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import type { Effect, Engine, EngineEvent } from '../engine/index.ts';
import { type Database, markEffects } from '../store/index.ts';
import { createDeadlineTimer } from './deadline-timer.ts';
import { createEffectRunner, type DecidedEffect, type EffectConsumer } from './effect-runner.ts';
import type { EngineFactory } from './engine-factory.ts';
import { createJournalWriter, type Journaled } from './journal-writer.ts';
import { keepLease, type LeaseKeeper } from './lease-keeper.ts';
import { decidePending, type PendingDecision } from './pending-effects.ts';
import { applySafely, type Recovered, recover } from './recovery.ts';
import { createSnapshotKeeper, DEFAULT_SNAPSHOT_POLICY, type SnapshotPolicy } from './snapshot-keeper.ts';

/** What the owner of a domain knows after it has replayed the journal, before anything is carried out. */
export interface RecoveryFacts {
  readonly engine: Engine;
  readonly nowMs: number;
  /** Effects that were perhaps not carried out, in the order of their decision. */
  readonly pending: readonly DecidedEffect[];
  /** Ownership took so many replayed events; 0 on a fresh domain or after a clean stop. */
  readonly replayed: number;
}

/** What is to be done so that the engine and the world agree again. */
export interface RecoveryPlan {
  /** What happened meanwhile: calls that ended, agents that vanished. Submitted in order, before anybody else can submit. */
  readonly events?: readonly EngineEvent[];
  /** Overrules {@link decidePending}; undefined leaves it to that. */
  readonly decide?: (effect: Effect) => PendingDecision | undefined;
}

export interface RoutingDomainOptions {
  readonly domain: string;
  readonly nodeName: string;
  /** On PostgreSQL one of its own with few connections, so that no report keeps a lease from being renewed. */
  readonly database: Database;
  readonly engines: EngineFactory;
  readonly consumers: readonly EffectConsumer[];
  readonly logger: Logger;
  readonly leaseMs: number;
  readonly clock?: Clock;
  readonly snapshots?: Partial<SnapshotPolicy>;
  /** Compares the restored engine with what is really there. */
  readonly reconcile?: (facts: RecoveryFacts) => Promise<RecoveryPlan> | RecoveryPlan;
  /**
   * Gives the domain to those who act on its effects, when it is ours and reconciled. No effect is carried out before it settles; what it submits
   * itself is applied at once.
   */
  readonly begin?: (domain: RoutingDomain) => Promise<void> | void;
  /** This process no longer owns the domain and does nothing more with it. */
  readonly onStopped?: (fault: CodedError) => void;
  /** The database went away or came back. */
  readonly onAvailability?: (available: boolean) => void;
  /** Ends the wait of a standby. */
  readonly signal?: AbortSignal;
}

/** The owner of a routing domain: one writer, an engine in memory, and a journal that is always at least as far as the engine. */
export interface RoutingDomain {
  readonly domain: string;
  /** Our epoch; it rises when the database was away. */
  readonly epoch: number;
  /** False while the database is away or the domain is lost. */
  readonly isAvailable: boolean;
  /** False when another process may have taken over; always true with a database that only this process can have open. */
  readonly isOwnerCertain: boolean;
  /** True when another process waits to take over. */
  readonly hasStandby: boolean;
  /** Events that wait to be journaled. */
  readonly queued: number;
  /**
   * Gives the engine an event. Resolves with its effects once it is durable and applied; they are being carried out then. What the engine
   * rejects comes back as its `rejected` effect. Throws `store.unavailable` (see `WHILE_AWAY`), `journal.stale-owner`, `request.too-many`.
   */
  submit(event: EngineEvent): Promise<readonly Effect[]>;
  /** Looks at the engine; `look` must not keep it or change it. */
  read<T>(look: (engine: Engine, nowMs: number) => T): T;
  /** Resolves when everything submitted is applied and carried out. */
  idle(): Promise<void>;
  /** Lets what is under way end (bounded), stores a snapshot and gives the lease back. Idempotent. */
  close(): Promise<void>;
}

/** How long `close` waits for effects under way, ms. */
const CLOSE_GRACE_MS = 3_000;

/**
 * Waits until this process may own the domain, restores the engine, reconciles it with the world and begins to route.
 * Order: journal, then engine, then effects.
 */
export async function openRoutingDomain(options: RoutingDomainOptions): Promise<RoutingDomain> {
  const { domain, database, logger } = options;
  const clock = options.clock ?? systemClock;
  let stopWriter: (fault: CodedError) => void = () => {};
  const lease = await keepLease({
    database,
    name: `routing ${domain}`,
    owner: `${options.nodeName} ${process.pid} ${randomUUID()}`,
    leaseMs: options.leaseMs,
    clock,
    logger,
    onLost: () => stopWriter(new CodedError('journal.stale-owner', { domain })),
    signal: options.signal,
  });
  try {
    const startedAtMs = clock.now();
    const recovered = await recover({ database, domain, engines: options.engines, logger });
    const { lastSeq, replayed } = recovered;
    logger.info(
      {
        domain,
        epoch: lease.epoch(),
        lastSeq,
        replayed,
        pending: recovered.pending.length,
        tookMs: clock.now() - startedAtMs,
      },
      'routing domain taken over',
    );
    return await begin(options, clock, lease, recovered, (stop) => {
      stopWriter = stop;
    });
  } catch (fault) {
    stopWriter(new CodedError('store.unavailable', { reason: 'closed' }));
    await lease.close(true);
    throw fault;
  }
}

async function begin(
  options: RoutingDomainOptions,
  clock: Clock,
  lease: LeaseKeeper,
  recovered: Recovered,
  onStop: (stop: (fault: CodedError) => void) => void,
): Promise<RoutingDomain> {
  const { domain, database, logger } = options;
  const { engine } = recovered;
  let startEffects: () => void = () => {};
  const startWhen = new Promise<void>((resolve) => {
    startEffects = resolve;
  });
  const runner = createEffectRunner({ consumers: options.consumers, clock, logger, startWhen });
  let lastSeq = recovered.lastSeq;
  let closing: Promise<void> | undefined;
  let isStopped = false;
  let hasBegun = false;

  const writer = createJournalWriter({
    database,
    domain,
    lease,
    clock,
    logger,
    lastSeq,
    lastAtMs: recovered.lastAtMs,
    apply,
    onLost: stop,
    onAvailability(available) {
      if (available) timer.schedule();
      options.onAvailability?.(available);
    },
  });
  const timer = createDeadlineTimer({
    clock,
    nextDeadline: () => engine.nextDeadline(),
    tick: () => (writer.isQueued('tick') ? Promise.resolve([]) : writer.submit({ type: 'tick' })),
    logger,
  });
  const keeper = createSnapshotKeeper({
    database,
    domain,
    lease,
    runner,
    clock,
    logger,
    policy: { ...DEFAULT_SNAPSHOT_POLICY, ...options.snapshots },
    capture: () => ({ seq: lastSeq, state: engine.snapshot() }),
    isAvailable: () => writer.isAvailable,
  });

  function apply(events: readonly Journaled[]): readonly (readonly Effect[])[] {
    const decided: DecidedEffect[] = [];
    const answers = events.map(({ seq, atMs, event }) => {
      const effects = applySafely(engine, event, atMs, logger);
      for (const effect of effects) decided.push({ seq, effect });
      lastSeq = seq;
      return effects;
    });
    runner.dispatch(decided);
    keeper.onApplied(events.length);
    timer.schedule();
    return answers;
  }

  function stop(fault: CodedError): void {
    if (isStopped) return;
    isStopped = true;
    writer.stop(fault);
    runner.stop();
    timer.close();
    keeper.close();
    if (!closing && hasBegun) {
      logger.error({ domain, code: fault.code }, 'routing stops on this server');
      options.onStopped?.(fault);
    }
  }
  onStop(stop);
  if (!lease.isCertain() && !(await lease.confirm())) throw new CodedError('journal.stale-owner', { domain });
  await settlePending();
  timer.schedule();

  async function settlePending(): Promise<void> {
    const nowMs = Math.max(clock.now(), recovered.lastAtMs);
    const pending = recovered.pending.filter(({ effect }) => runner.isHandled(effect.type));
    const facts = { engine, nowMs, pending, replayed: recovered.replayed };
    const plan = (await options.reconcile?.(facts)) ?? {};
    const decisionOf = ({ effect }: DecidedEffect) => plan.decide?.(effect) ?? decidePending(effect, engine, nowMs);
    const withdrawn = pending.filter((decided) => decisionOf(decided) === 'withdraw');
    const marks = withdrawn.map(({ seq, effect }) => ({ seq, effectId: effect.id, outcome: 'withdrawn' }) as const);
    await markEffects(database, domain, marks);
    runner.dispatch(
      pending.filter((decided) => !withdrawn.includes(decided)),
      true,
    );
    if (pending.length > 0) {
      logger.info(
        { domain, carriedOut: pending.length - withdrawn.length, withdrawn: withdrawn.length },
        'pending effects',
      );
    }
    await Promise.all((plan.events ?? []).map((event) => writer.submit(event)));
  }

  async function close(): Promise<void> {
    timer.close();
    await settled(writer.idle(), runner.idle());
    keeper.close();
    if (!isStopped && writer.isAvailable) await keeper.finish();
    stop(new CodedError('store.unavailable', { reason: 'closed' }));
    await lease.close(writer.queued === 0);
  }

  async function settled(...work: readonly Promise<void>[]): Promise<void> {
    await Promise.race([Promise.all(work), new Promise<void>((resolve) => clock.after(CLOSE_GRACE_MS, resolve))]);
  }

  const routing: RoutingDomain = {
    domain,
    get epoch() {
      return lease.epoch();
    },
    get isAvailable() {
      return writer.isAvailable;
    },
    get isOwnerCertain() {
      return !isStopped && lease.isCertain();
    },
    get hasStandby() {
      return lease.hasStandby();
    },
    get queued() {
      return writer.queued;
    },
    submit: (event) =>
      closing ? Promise.reject(new CodedError('store.unavailable', { reason: 'closed' })) : writer.submit(event),
    read: (look) => look(engine, clock.now()),
    async idle() {
      await writer.idle();
      await runner.idle();
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
  await options.begin?.(routing);
  if (isStopped) throw new CodedError('journal.stale-owner', { domain });
  hasBegun = true;
  startEffects();
  return routing;
}
