import type { Feed, LegState } from './leg-state.ts';

/** True when a supervisor is to be heard by `leg`, so that its sound must be mixed. */
function supervisorsHeardBy(leg: LegState): boolean {
  for (const supervision of leg.watchedBy) if (supervision.mode !== 'listen') return true;
  if (leg.partner) for (const supervision of leg.partner.watchedBy) if (supervision.mode === 'barge') return true;
  return false;
}

function feedOf(leg: LegState): Feed {
  if (leg.playback?.running) return 'playback';
  if (leg.supervising) return 'mix';
  if (leg.room) return 'room';
  if (leg.partner?.held) return 'music';
  if (supervisorsHeardBy(leg)) return 'mix';
  if (leg.partner) return leg.held ? 'nothing' : 'relay';
  return leg.music ? 'music' : 'nothing';
}

/** Settles anew what the leg hears, and whether its own sound is kept for readers. To be called after every change of the leg's state. */
export function refreshFeed(leg: LegState): void {
  const before = leg.feed;
  leg.feed = leg.closed ? 'nothing' : feedOf(leg);
  if (before !== leg.feed) leg.stream.breakOff();
  const paced = leg.feed === 'playback' || leg.feed === 'music' || leg.feed === 'mix';
  if (paced || (leg.digits && !leg.closed)) leg.engine.paced.add(leg);
  else leg.engine.paced.delete(leg);
  refreshTap(leg);
}

/** {@link refreshFeed} for the leg and all whose sound depends on it. */
export function refreshAround(leg: LegState): void {
  refreshFeed(leg);
  if (leg.partner) refreshFeed(leg.partner);
  if (leg.supervising) {
    refreshTap(leg.supervising.watched);
    if (leg.supervising.watched.partner) refreshTap(leg.supervising.watched.partner);
  }
}

function refreshTap(leg: LegState): void {
  const { partner } = leg;
  leg.tapped =
    leg.recordings > 0 ||
    leg.watchedBy.size > 0 ||
    leg.room !== undefined ||
    leg.supervising !== undefined ||
    (partner !== undefined && (partner.recordings > 0 || partner.watchedBy.size > 0));
}

/** Whom the leg listens to, for mixing and for the right side of recordings; `whispers` counts supervisors that only it hears. */
export function eachHeard(leg: LegState, whispers: boolean, visit: (heard: LegState) => void): void {
  const { supervising, partner } = leg;
  if (supervising) {
    const { watched } = supervising;
    visit(watched);
    if (watched.partner) visit(watched.partner);
    watched.room?.eachOther(watched, visit);
    return;
  }
  if (partner && !leg.held) visit(partner);
  for (const supervision of leg.watchedBy) {
    if (supervision.mode === 'barge' || (whispers && supervision.mode === 'whisper')) visit(supervision.supervisor);
  }
  if (partner)
    for (const supervision of partner.watchedBy) if (supervision.mode === 'barge') visit(supervision.supervisor);
}
