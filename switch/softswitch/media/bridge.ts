import { refreshAround, refreshFeed } from './feed.ts';
import type { LegState } from './leg-state.ts';

/** See `MediaHost.bridge`. */
export function bridgeLegs(a: LegState, b: LegState): void {
  if (a.closed || b.closed || a === b || a.partner === b) return;
  for (const leg of [a, b]) {
    unbridgeLeg(leg);
    leg.room?.leave(leg);
    leg.supervising?.stop();
    leg.music = undefined;
  }
  join(a, b);
  join(b, a);
  refreshAround(a);
}

function join(leg: LegState, partner: LegState): void {
  leg.formerPartner = undefined;
  leg.partner = partner;
  leg.partnerSince = leg.engine.position();
}

/** See `MediaHost.unbridge`. A hold ends with the bridge. */
export function unbridgeLeg(leg: LegState): LegState | undefined {
  const { partner } = leg;
  if (!partner) return undefined;
  for (const side of [leg, partner]) {
    side.formerPartner = side.partner;
    side.partner = undefined;
    side.partnerSince = side.engine.position();
    side.held = false;
  }
  refreshFeed(leg);
  refreshFeed(partner);
  return partner;
}

/** See `MediaHost.hold`. Nothing for a leg without a partner. */
export function holdLeg(leg: LegState, stream?: string): void {
  if (!leg.partner) return;
  leg.held = true;
  if (stream !== undefined) leg.holdStream = stream;
  refreshAround(leg);
}

export function unholdLeg(leg: LegState): void {
  leg.held = false;
  refreshAround(leg);
}
