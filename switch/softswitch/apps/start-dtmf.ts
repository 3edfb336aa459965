import type { Application } from '../core/switch-core.ts';

/** Tones are always looked for where the phone has no telephone-event, so there is nothing to switch on. */
export const startDtmf: Application = () => undefined;
