import type { Playback } from '../../../switch/index.ts';
import type { Saying, StayEnd } from '../../flows/index.ts';
import type { Call } from '../call.ts';
import type { VoiceRoom } from '../room.ts';
import { touch } from '../stage.ts';
import { askSwitch } from '../switch-faults.ts';
import { rejectionOf, tellRouting } from '../tell-routing.ts';
import { soundsOf } from './sounds.ts';
import type { LiveStay } from './stay.ts';

/** Opens a stay for a call that is, or is about to be, in the engine's hands. */
export function openStay(room: VoiceRoom, call: Call): LiveStay {
  let settleOver = (_: StayEnd): void => {};
  const over = new Promise<StayEnd>((resolve) => {
    settleOver = resolve;
  });
  const digitListeners = new Set<(digit: string) => void>();
  let ended = false;
  let playback: Playback | undefined;
  const stay: LiveStay = {
    over,
    get ended() {
      return ended;
    },
    settle(end) {
      if (ended) return;
      ended = true;
      if (call.stay === stay) call.stay = undefined;
      digitListeners.clear();
      playback?.stop().catch(() => undefined);
      settleOver(end);
    },
    hearDigit(digit) {
      for (const listener of digitListeners) listener(digit);
    },
    place() {
      const position = room.routing.position(call.contactId);
      const estimate = room.routing.estimateWait(call.contactId);
      return {
        ...(position === undefined ? {} : { position }),
        ...(estimate.known ? { waitMs: estimate.waitMs } : {}),
      };
    },
    async startMusic(stream) {
      const legId = call.callerLegId;
      if (ended || legId === undefined) return;
      await askSwitch(room, call, 'startMusic', async () =>
        ended ? undefined : call.control.startMusic(legId, stream),
      );
    },
    async say(saying: Saying) {
      const sounds = await soundsOf(room, call, saying);
      const legId = call.callerLegId;
      if (ended || sounds.length === 0 || legId === undefined) return;
      playback = call.control.play(legId, sounds);
      const outcome = playback.outcome.catch(() => undefined);
      await Promise.race([outcome, over]);
    },
    onDigit(listener) {
      digitListeners.add(listener);
      return () => digitListeners.delete(listener);
    },
    async wait(ms) {
      if (ended) return;
      let cancel = (): void => {};
      const waited = new Promise<void>((resolve) => {
        const timer = room.clock.after(ms, resolve);
        cancel = () => timer.cancel();
      });
      await Promise.race([waited, over]);
      cancel();
    },
    async leave(outcome) {
      if (ended) return false;
      // An agent may be answering in this moment: the engine decides, and an answered contact stays with its agent.
      const view = room.routing.contact(call.contactId);
      if (!view || (view.state !== 'waiting' && view.state !== 'offered')) return false;
      const effects = await tellRouting(room, call, { type: 'contact-withdrawn', contactId: call.contactId, outcome });
      return !rejectionOf(effects) && !(await settledAsAnswered(stay));
    },
    announced(range) {
      call.announcedRange = range;
      touch(room, call);
    },
  };
  return stay;
}

async function settledAsAnswered(stay: LiveStay): Promise<boolean> {
  if (!stay.ended) return false;
  return (await stay.over).kind === 'answered';
}
