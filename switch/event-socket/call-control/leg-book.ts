import type { LegId, SupervisionMode } from '../../call-control/index.ts';

/** A sound (or waiting for digits) that occupies a leg. Only one at a time: a new one ends the old. */
export interface Activity {
  /** Called when something else is asked of the leg. */
  onReplaced(): void;
}

/** What the adapter remembers of a leg, from the leg's first event to its last. */
export interface Leg {
  readonly id: LegId;
  /** The leg has waited parked once already: the next time is no arrival. */
  seenParked: boolean;
  ringing: boolean;
  bridgedTo: LegId | undefined;
  /** The leg has put its partner on hold. */
  holding: boolean;
  /** Set by us: its variables for playing are in place. */
  prepared: boolean;
  activity: Activity | undefined;
  /** The leg was there before this link: something may be playing that we did not start. */
  mayBePlaying: boolean;
  supervising: { readonly agentLegId: LegId; mode: SupervisionMode } | undefined;
  /** A `hangUp` came while it was being rung. */
  cancelled: boolean;
}

function newLeg(id: LegId): Leg {
  return {
    id,
    seenParked: false,
    ringing: false,
    bridgedTo: undefined,
    holding: false,
    prepared: false,
    activity: undefined,
    mayBePlaying: false,
    supervising: undefined,
    cancelled: false,
  };
}

/** The legs that are there. A leg that was never heard of gets a card of its own which is not kept. */
export class LegBook {
  readonly #legs = new Map<LegId, Leg>();

  get(id: LegId): Leg {
    return this.#legs.get(id) ?? newLeg(id);
  }

  has(id: LegId): boolean {
    return this.#legs.has(id);
  }

  ids(): LegId[] {
    return [...this.#legs.keys()];
  }

  enter(id: LegId): Leg {
    let leg = this.#legs.get(id);
    if (!leg) {
      leg = newLeg(id);
      this.#legs.set(id, leg);
    }
    return leg;
  }

  remove(id: LegId): void {
    this.parted(id);
    this.#legs.delete(id);
  }

  joined(id: LegId, otherId: LegId): void {
    this.parted(id);
    this.parted(otherId);
    for (const [one, other] of [
      [id, otherId],
      [otherId, id],
    ] as const) {
      this.enter(one).bridgedTo = other;
    }
  }

  /** Forgets the bridge of a leg on both sides. Returns the former partner. */
  parted(id: LegId): LegId | undefined {
    const leg = this.#legs.get(id);
    const otherId = leg?.bridgedTo;
    if (!leg || otherId === undefined) return undefined;
    leg.bridgedTo = undefined;
    leg.holding = false;
    const other = this.#legs.get(otherId);
    if (other?.bridgedTo === id) {
      other.bridgedTo = undefined;
      other.holding = false;
    }
    return otherId;
  }

  clear(): void {
    this.#legs.clear();
  }
}
