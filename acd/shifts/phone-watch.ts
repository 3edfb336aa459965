import type { Clock, Timer } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import { isOnShift, type ShiftRouting, type Shifts } from './shifts.ts';

/** The break reason that a vanished phone is given. */
export const PHONE_AWAY_REASON = 'phone-away';
/** A reload or a change of network takes less, ms. */
const BREAK_AFTER_MS = 20_000;
/** A page that was closed without ending the shift, ms. */
const SIGN_OUT_AFTER_MS = 15 * 60_000;

/** Which agents' phones are registered, and what follows when one stays away: first a break, then the shift's end. */
export interface PhoneWatch {
  registered(agentId: string): boolean;
  onRegistered(agentId: string): void;
  onUnregistered(agentId: string): void;
  /** The agent began a shift; a phone is expected from now on. */
  expect(agentId: string): void;
  /** Hears of every change. Returns how to stop. */
  onChange(listener: (agentId: string) => void): () => void;
  close(): void;
}

/** An agent whose page died is not left signed in for ever, and nobody waits for a phone that is not there. */
export function createPhoneWatch(deps: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly routing: ShiftRouting;
  readonly shifts: Shifts;
}): PhoneWatch {
  const { clock, log, routing, shifts } = deps;
  const there = new Set<string>();
  const timers = new Map<string, Timer>();
  const listeners = new Set<(agentId: string) => void>();
  const changed = (agentId: string) => {
    for (const listener of listeners) listener(agentId);
  };
  const stopTimer = (agentId: string) => {
    timers.get(agentId)?.cancel();
    timers.delete(agentId);
  };
  const attempt = (agentId: string, what: string, work: () => Promise<unknown>) => {
    log.info({ agentId, what }, 'the phone of an agent stays away');
    work().catch((error: unknown) =>
      log.warn({ agentId, what, err: error }, 'routing could not be told of a phone that stays away'),
    );
  };

  /** A company may have taken the reason out of its configuration; the break matters more. */
  async function takeBreak(agentId: string): Promise<void> {
    const outcome = await shifts.setStatus(agentId, 'break', PHONE_AWAY_REASON);
    if (outcome.kind !== 'done') await shifts.setStatus(agentId, 'break');
  }

  function watch(agentId: string): void {
    stopTimer(agentId);
    timers.set(
      agentId,
      clock.after(BREAK_AFTER_MS, () => {
        if (routing.agent(agentId)?.status === 'available') {
          attempt(agentId, 'break', () => takeBreak(agentId));
        }
        timers.set(
          agentId,
          clock.after(SIGN_OUT_AFTER_MS - BREAK_AFTER_MS, () => {
            timers.delete(agentId);
            if (isOnShift(routing, agentId)) attempt(agentId, 'sign-out', () => shifts.end(agentId));
          }),
        );
      }),
    );
  }

  return {
    registered: (agentId) => there.has(agentId),
    onRegistered(agentId) {
      stopTimer(agentId);
      if (there.has(agentId)) return;
      there.add(agentId);
      changed(agentId);
    },
    onUnregistered(agentId) {
      if (!there.delete(agentId)) return;
      changed(agentId);
      if (isOnShift(routing, agentId)) watch(agentId);
    },
    expect(agentId) {
      if (!there.has(agentId)) watch(agentId);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const agentId of [...timers.keys()]) stopTimer(agentId);
      listeners.clear();
    },
  };
}
