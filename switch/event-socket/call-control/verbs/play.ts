import type { LegId, Playback, PlayOutcome, Sound } from '../../../call-control/index.ts';
import type { RunningApplication } from '../application-book.ts';
import { breakActivity, checkLegId, prepareLeg, type SwitchNode } from '../switch-node.ts';
import { soundName } from '../switch-words.ts';

/** Plays one sound after the other. Anything else asked of the leg stops it. */
export function play(node: SwitchNode, legId: LegId, sounds: readonly Sound[]): Playback {
  const names = sounds.map(soundName);
  const leg = node.legs.get(checkLegId(legId));
  void breakActivity(node, leg).catch(() => undefined);
  prepareLeg(node, leg);
  let stopped = false;
  let current: RunningApplication | undefined;
  const activity = {
    onReplaced(): void {
      stopped = true;
      current?.withdraw();
    },
  };
  leg.activity = activity;

  const run = async (): Promise<PlayOutcome> => {
    for (const name of names) {
      if (stopped) return { kind: 'stopped' };
      current = node.applications.run(node.sender, legId, 'playback', name, node.deadlineMs);
      const end = await current.end;
      if (end.kind === 'gone') return { kind: 'gone' };
      if (stopped || end.kind === 'withdrawn') return { kind: 'stopped' };
      if (end.response === 'FILE NOT FOUND') return { kind: 'missing' };
      if (end.response === 'PLAYBACK ERROR') return { kind: 'stopped' };
    }
    return { kind: 'done' };
  };
  const outcome = run().finally(() => {
    if (leg.activity === activity) leg.activity = undefined;
  });
  outcome.catch(() => undefined);

  return {
    outcome,
    async stop(): Promise<void> {
      if (leg.activity === activity) await breakActivity(node, leg);
    },
  };
}
