import { TICK_SAMPLES } from '../../../media/index.ts';
import { unbridgeLeg } from './bridge.ts';
import { refreshFeed } from './feed.ts';
import type { LegConference, LegMedia } from './leg-media.ts';
import type { MediaEngine } from './media-engine.ts';
import { MediaLeg } from './media-leg.ts';
import { MIX_DELAY_SAMPLES } from './mix.ts';
import { sendSamples } from './outbound.ts';

const clipped = new Int16Array(TICK_SAMPLES);

/** A room: each hears the sum of all others ("minus one"). The sum is made once per tick; each member's own part is taken off again. */
export class ConferenceRoom implements LegConference {
  readonly #engine: MediaEngine;
  /** Each member's last 20 ms. */
  readonly #parts = new Map<MediaLeg, Int16Array>();
  readonly #sum = new Int32Array(TICK_SAMPLES);

  constructor(engine: MediaEngine) {
    this.#engine = engine;
    engine.rooms.add(this);
  }

  get members(): readonly LegMedia[] {
    return [...this.#parts.keys()];
  }

  join(leg: LegMedia): void {
    if (!(leg instanceof MediaLeg) || leg.closed || leg.room === this || !this.#engine.rooms.has(this)) return;
    unbridgeLeg(leg);
    leg.room?.leave(leg);
    leg.supervising?.stop();
    leg.music = undefined;
    leg.room = this;
    leg.mutedInRoom = false;
    this.#parts.set(leg, new Int16Array(TICK_SAMPLES));
    refreshFeed(leg);
  }

  leave(leg: LegMedia): void {
    if (!(leg instanceof MediaLeg) || leg.room !== this) return;
    leg.room = undefined;
    this.#parts.delete(leg);
    refreshFeed(leg);
  }

  muteMember(leg: LegMedia, muted: boolean): void {
    if (leg instanceof MediaLeg && leg.room === this) leg.mutedInRoom = muted;
  }

  /** Sends everybody the 20 ms that end at `position` less the delay. */
  mix(position: number): void {
    const sum = this.#sum.fill(0);
    for (const [leg, part] of this.#parts) {
      if (leg.mutedInRoom) part.fill(0);
      else leg.timeline.read(position - TICK_SAMPLES - MIX_DELAY_SAMPLES, part);
      for (let i = 0; i < TICK_SAMPLES; i += 1) sum[i]! += part[i]!;
    }
    for (const [leg, part] of this.#parts) {
      if (leg.feed !== 'room' || leg.digits) continue;
      this.#without(part);
      sendSamples(leg, clipped, position);
    }
  }

  /** What the others say, for the right side of a recording. */
  others(leg: MediaLeg, start: number, target: Int16Array): void {
    const one = new Int16Array(target.length);
    target.fill(0);
    for (const member of this.#parts.keys()) {
      if (member === leg || member.mutedInRoom) continue;
      member.timeline.read(start, one);
      for (let i = 0; i < target.length; i += 1) target[i] = Math.max(-32_768, Math.min(32_767, target[i]! + one[i]!));
    }
  }

  #without(part: Int16Array): void {
    for (let i = 0; i < TICK_SAMPLES; i += 1) {
      clipped[i] = Math.max(-32_768, Math.min(32_767, this.#sum[i]! - part[i]!));
    }
  }

  close(): void {
    this.#engine.rooms.delete(this);
    for (const leg of [...this.#parts.keys()]) this.leave(leg);
  }
}
