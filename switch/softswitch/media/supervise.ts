import { unbridgeLeg } from './bridge.ts';
import { refreshAround, refreshFeed } from './feed.ts';
import type { LegSupervision, SupervisionSound } from './leg-media.ts';
import type { LegState, RunningSupervision } from './leg-state.ts';

/** A supervisor's leg on somebody's conversation. Mixing reads the legs' timelines; see `mix.ts`. */
export class Supervision implements RunningSupervision {
  readonly supervisor: LegState;
  readonly watched: LegState;
  readonly ended: Promise<void>;
  mode: SupervisionSound;
  #settle!: () => void;
  #over = false;

  constructor(supervisor: LegState, watched: LegState, mode: SupervisionSound) {
    this.supervisor = supervisor;
    this.watched = watched;
    this.mode = mode;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    if (supervisor.closed || watched.closed || supervisor === watched) {
      this.#over = true;
      this.#settle();
      return;
    }
    supervisor.supervising = this;
    watched.watchedBy.add(this);
    this.#refresh();
  }

  setMode(mode: SupervisionSound): void {
    this.mode = mode;
    this.#refresh();
  }

  stop(): void {
    if (this.#over) return;
    this.#over = true;
    this.supervisor.supervising = undefined;
    this.watched.watchedBy.delete(this);
    this.#refresh();
    this.#settle();
  }

  #refresh(): void {
    refreshFeed(this.supervisor);
    refreshAround(this.watched);
  }
}

/** See `MediaHost.supervise`. */
export function superviseLeg(supervisor: LegState, watched: LegState, mode: SupervisionSound): LegSupervision {
  unbridgeLeg(supervisor);
  supervisor.room?.leave(supervisor);
  supervisor.supervising?.stop();
  supervisor.music = undefined;
  return new Supervision(supervisor, watched, mode);
}
