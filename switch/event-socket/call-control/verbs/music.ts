import { CodedError } from '../../../../config/errors.ts';
import type { Done, Gone, LegId } from '../../../call-control/index.ts';
import type { RunningApplication } from '../application-book.ts';
import { breakActivity, checkLegId, DONE, GONE, prepareLeg, type SwitchNode } from '../switch-node.ts';
import { endlessTone } from '../switch-words.ts';

/** A music that ends sooner than this is not started again: it would only spin. */
const SHORTEST_MUSIC_MS = 500;

/** Waiting music until anything else is asked of the leg. Where it exists neither as a source nor as a file, a soft tone says that the line lives. */
export async function startMusic(node: SwitchNode, legId: LegId, stream = 'default'): Promise<Done | Gone> {
  const names = musicNames(node, stream);
  const leg = node.legs.get(checkLegId(legId));
  void breakActivity(node, leg).catch(() => undefined);
  prepareLeg(node, leg);
  let replaced = false;
  let current: RunningApplication | undefined;
  const activity = {
    onReplaced(): void {
      replaced = true;
      current?.withdraw();
    },
  };
  leg.activity = activity;

  const keepPlaying = async (): Promise<void> => {
    for (let choice = 0; !replaced; ) {
      const name = names[choice] ?? '';
      const startedMs = node.clock.now();
      current = node.applications.run(node.sender, legId, 'playback', name, node.deadlineMs);
      const end = await current.end;
      if (end.kind !== 'complete' || replaced) return;
      const missing = end.response === 'FILE NOT FOUND';
      if (missing && choice + 1 < names.length) {
        node.log.warn({ stream, name }, 'waiting music is missing on the switch');
        choice += 1;
      } else if (missing || node.clock.now() - startedMs < SHORTEST_MUSIC_MS) {
        return;
      }
    }
  };
  keepPlaying()
    .catch(() => undefined)
    .finally(() => {
      if (leg.activity === activity) leg.activity = undefined;
    });

  const reply = await node.sender.api(`uuid_exists ${legId}`, node.deadlineMs);
  return reply.text.trim() === 'true' ? DONE : GONE;
}

export async function stopMusic(node: SwitchNode, legId: LegId): Promise<Done | Gone> {
  const leg = node.legs.get(checkLegId(legId));
  if (leg.activity || leg.mayBePlaying) return breakActivity(node, leg);
  const reply = await node.sender.api(`uuid_exists ${legId}`, node.deadlineMs);
  return reply.text.trim() === 'true' ? DONE : GONE;
}

/** What the switch may play as a music stream, best first. Throws `request.invalid`. */
function musicNames(node: SwitchNode, stream: string): readonly string[] {
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(stream)) throw new CodedError('request.invalid', { field: 'stream' });
  const { musicSource, musicFile, fallbackTone } = node.layout;
  const sources = musicFile === undefined ? [musicSource] : [musicSource, musicFile];
  return [...sources.map((source) => source.replace('{stream}', () => stream)), endlessTone(fallbackTone)];
}
