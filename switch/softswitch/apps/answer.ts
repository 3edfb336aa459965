import { answer as answerLeg } from '../core/answer.ts';
import type { Application } from '../core/switch-core.ts';

/** Answers the caller. */
export const answer: Application = (sw, session) => {
  answerLeg(sw, session);
};
