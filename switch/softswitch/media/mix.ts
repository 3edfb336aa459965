import { addInto, TICK_SAMPLES } from '../../../media/index.ts';
import { eachHeard } from './feed.ts';
import type { LegState } from './leg-state.ts';

/** How far behind the clock timelines are read for live mixing: what a network may be late before it is heard as a gap. */
export const MIX_DELAY_SAMPLES = 2 * TICK_SAMPLES;

const scratch = new Int16Array(TICK_SAMPLES);

/** Fills `target` with everybody whom the leg hears at the moment. */
export function mixHeard(leg: LegState, position: number, target: Int16Array): void {
  target.fill(0);
  eachHeard(leg, true, (heard) => {
    heard.timeline.read(position - TICK_SAMPLES - MIX_DELAY_SAMPLES, scratch);
    addInto(target, scratch);
  });
}
