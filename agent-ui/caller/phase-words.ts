import type { TFunction } from 'i18next';
import type { CallerView } from '../../acd/api/contract/index.ts';
import type { CallerState } from './caller-call.ts';

export type ShownPhase = 'idle' | 'asking' | 'failed' | CallerView['phase'];

/** What the page says is happening: the server's word while the call is up, the page's own before and after. */
export function shownPhase(state: Pick<CallerState, 'step' | 'view'>): ShownPhase {
  if (state.step === 'up' || state.step === 'calling') return state.view?.phase ?? 'calling';
  return state.step;
}

const MINUTE_MS = 60_000;

/** The wait as a range of whole minutes, never less than one. */
export function waitMinutes(range: NonNullable<CallerView['waitRangeMs']>): { from: number; to: number } {
  const from = Math.max(1, Math.round(range.from / MINUTE_MS));
  return { from, to: Math.max(from, Math.ceil(range.to / MINUTE_MS)) };
}

/** The phase in words. Before a menu offers choices it is only heard. */
export function phaseTitle(t: TFunction, phase: ShownPhase, view: CallerView | undefined): string {
  if (phase === 'talking' && view?.agentName) return t('caller.talking-with', { name: view.agentName });
  if (phase === 'menu' && view?.choices.length === 0) return t('caller.phase.listen');
  return t(`caller.phase.${phase}`);
}

/** The line under the phase: place in the queue and wait, or what the phase means. */
export function phaseDetail(t: TFunction, phase: ShownPhase, view: CallerView | undefined): string {
  if (phase === 'menu' && view?.choices.length === 0) return t('caller.detail.listen');
  if (phase !== 'waiting' || !view) return t(`caller.detail.${phase}`);
  const place = view.position === undefined ? t('caller.in-queue') : t('caller.position', { position: view.position });
  if (!view.waitRangeMs) return place;
  const { from, to } = waitMinutes(view.waitRangeMs);
  const wait = from === to ? t('caller.wait-about', { count: from }) : t('caller.wait-range', { from, to });
  return t('caller.place-and-wait', { place, wait });
}
