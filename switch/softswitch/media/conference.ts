import { clip16, TICK_SAMPLES } from '../../../media/index.ts';
import { unbridgeLeg } from './bridge.ts';
import { refreshFeed } from './feed.ts';
import type { LegMedia, SupervisionSound } from './leg-media.ts';
import type { EngineState, LegState, RunningRoom } from './leg-state.ts';
import { MIX_DELAY_SAMPLES } from './mix.ts';
import { sendSamples } from './outbound.ts';

const clipped = new Int16Array(TICK_SAMPLES);
const own = new Int32Array(TICK_SAMPLES);

/** A room: each hears the sum of all others ("minus one"). The sum is made once per tick; each member's own part is taken off again. */
export class ConferenceRoom implements RunningRoom {
  readonly #engine: EngineState;
  /** Each member's last 20 ms. */
  readonly #parts = new Map<LegState, Int16Array>();
  readonly #sum = new Int32Array(TICK_SAMPLES);

  constructor(engine: EngineState) {
    this.#engine = engine;
    engine.rooms.add(this);
  }

  get members(): readonly LegMedia[] {
    return [...this.#parts.keys()];
  }

  join(joining: LegMedia): void {
    const leg = this.#own(joining);
    if (!leg || leg.room === this || !this.#engine.rooms.has(this)) return;
    unbridgeLeg(leg);
    leg.room?.leave(leg);
    leg.supervising?.stop();
    leg.music = undefined;
    leg.room = this;
    leg.mutedInRoom = false;
    this.#parts.set(leg, new Int16Array(TICK_SAMPLES));
    refreshFeed(leg);
  }

  leave(leaving: LegMedia): void {
    const leg = this.#own(leaving);
    if (leg?.room !== this) return;
    leg.room = undefined;
    this.#parts.delete(leg);
    refreshFeed(leg);
  }

  muteMember(member: LegMedia, muted: boolean): void {
    const leg = this.#own(member);
    if (leg?.room === this) leg.mutedInRoom = muted;
  }

  /** The leg from the inside; undefined when it is closed, or another host's. */
  #own(leg: LegMedia): LegState | undefined {
    return this.#engine.legs.has(leg as LegState) ? (leg as LegState) : undefined;
  }

  /** Sends everybody the 20 ms that end at `position` less the delay. */
  mix(position: number): void {
    const start = position - TICK_SAMPLES - MIX_DELAY_SAMPLES;
    const sum = this.#sum.fill(0);
    for (const [leg, part] of this.#parts) {
      if (leg.mutedInRoom) part.fill(0);
      else leg.timeline.read(start, part);
      for (let i = 0; i < TICK_SAMPLES; i += 1) sum[i]! += part[i]!;
      this.#addSupervisors(leg, 'barge', start, sum);
    }
    for (const [leg, part] of this.#parts) {
      if (leg.feed !== 'room' || leg.digits) continue;
      for (let i = 0; i < TICK_SAMPLES; i += 1) own[i] = sum[i]! - part[i]!;
      this.#addSupervisors(leg, 'whisper', start, own);
      for (let i = 0; i < TICK_SAMPLES; i += 1) clipped[i] = clip16(own[i]!);
      sendSamples(leg, clipped, position);
    }
  }

  /** Supervisors of a member are no members: those who barge are heard by all, those who whisper by their member. */
  #addSupervisors(leg: LegState, mode: SupervisionSound, start: number, target: Int32Array): void {
    for (const supervision of leg.watchedBy) {
      if (supervision.mode !== mode) continue;
      supervision.supervisor.timeline.read(start, clipped);
      for (let i = 0; i < TICK_SAMPLES; i += 1) target[i]! += clipped[i]!;
    }
  }

  /** Everybody in the room whom `leg` can hear. */
  eachOther(leg: LegState, visit: (other: LegState) => void): void {
    for (const member of this.#parts.keys()) if (member !== leg && !member.mutedInRoom) visit(member);
  }

  close(): void {
    this.#engine.rooms.delete(this);
    for (const leg of [...this.#parts.keys()]) this.leave(leg);
  }
}
