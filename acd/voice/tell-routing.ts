import { isCoded } from '../../config/errors.ts';
import type { Effect, EngineEvent } from '../engine/index.ts';
import type { Call } from './call.ts';
import type { VoiceRoom } from './room.ts';

/**
 * Tells routing something that has happened and can't be undone (a caller hung up, a phone did not answer). While routing can't take it,
 * it is told again until it can; what belongs to one call is told in order. A routing domain that was taken over by another server is
 * not told any more: that server asks the switch itself.
 */
export function tellRouting(room: VoiceRoom, call: Call, event: EngineEvent): Promise<readonly Effect[]> {
  const told = call.tells.then(() => untilTaken(room, event));
  call.tells = told.catch(() => undefined);
  return told;
}

async function untilTaken(room: VoiceRoom, event: EngineEvent): Promise<readonly Effect[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await room.routing.submit(event);
    } catch (error) {
      if (isCoded(error, 'journal.stale-owner')) {
        room.log.warn({ event: event.type }, 'routing has moved to another server, not told');
        return [];
      }
      if (room.closing || !isCoded(error) || !error.retryable) {
        room.log.error({ event: event.type, err: error }, 'routing did not take an event');
        return [];
      }
      if (attempt === 0)
        room.log.warn({ event: event.type, code: error.code }, 'routing is away, the event is told again');
      await new Promise<void>((resolve) => void room.clock.after(room.settings.tellRetryMs, resolve));
    }
  }
}

/** The reason why the engine refused, when it did. */
export function rejectionOf(effects: readonly Effect[]): string | undefined {
  const found = effects.find((effect) => effect.type === 'rejected');
  return found?.type === 'rejected' ? found.reason : undefined;
}
