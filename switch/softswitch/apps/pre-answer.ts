import { preAnswer as preAnswerLeg } from '../core/answer.ts';
import type { Application } from '../core/switch-core.ts';

/** Opens early media towards the caller. */
export const preAnswer: Application = (sw, session) => {
  preAnswerLeg(sw, session);
};
