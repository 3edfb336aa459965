import {
  type Configuration,
  createEngine,
  type Effect,
  type EffectOf,
  type EffectType,
  type Engine,
  type EngineEvent,
  type QueueConfiguration,
} from '../index.ts';

/** A small centre to tell stories in: one engine, a clock, and everything that was said. */
export class Centre {
  readonly engine: Engine;
  readonly said: Effect[] = [];
  nowMs = 1_790_000_000_000;

  constructor(configuration: Partial<Configuration> & { readonly queues: readonly QueueConfiguration[] }) {
    const made = createEngine({ version: 1, ...configuration }, { seed: 1 });
    this.engine = made.ok ? made.engine : (undefined as never);
    if (!made.ok) process.stderr.write(`${made.problems.join('\n')}\n`);
  }

  apply(event: EngineEvent): readonly Effect[] {
    const effects = this.engine.apply(event, this.nowMs);
    this.said.push(...effects);
    return effects;
  }

  /** Time goes by, with a tick at every deadline. */
  wait(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const due = this.engine.nextDeadline();
      if (due === undefined || due > untilMs) break;
      this.nowMs = Math.max(this.nowMs, due);
      this.apply({ type: 'tick' });
    }
    this.nowMs = untilMs;
  }

  all<T extends EffectType>(type: T): EffectOf<T>[] {
    return this.said.filter((effect): effect is EffectOf<T> => effect.type === type);
  }

  last<T extends EffectType>(type: T): EffectOf<T> | undefined {
    return this.all(type).at(-1);
  }

  signIn(agentId: string, queueIds: readonly string[], skills: Record<string, number> = {}): void {
    this.apply({
      type: 'agent-signed-in',
      agentId,
      status: 'available',
      queues: queueIds.map((queueId) => ({ queueId })),
      skills,
    });
  }

  /** The last offer is accepted. */
  accept(): void {
    this.apply({ type: 'offer-accepted', offerId: this.last('offer')!.offerId });
  }

  call(
    contactId: string,
    queueId: string,
    more: Partial<Extract<EngineEvent, { type: 'contact-enqueued' }>> = {},
  ): readonly Effect[] {
    return this.apply({ type: 'contact-enqueued', contactId, queueId, channel: 'voice', ...more });
  }

  /** Serves contacts one after another until nobody waits, and says in which order they came. */
  order(): string[] {
    const order: string[] = [];
    for (
      let offer = this.last('offer');
      offer && this.engine.contact(offer.contactId, this.nowMs)?.state === 'offered';
    ) {
      order.push(offer.contactId);
      this.accept();
      this.wait(1_000);
      this.apply({ type: 'assignment-ended', contactId: offer.contactId, agentId: offer.agentId });
      offer = this.last('offer');
    }
    return order;
  }
}
