import { bye } from './bye.ts';
import { sendInfo } from './info.ts';
import type { CallVerbs } from './live-call.ts';
import { sendRefer } from './refer-out.ts';
import { reinvite } from './reinvite.ts';

/** What a call can be asked to do. */
export const CALL_VERBS: CallVerbs = { bye, reinvite, info: sendInfo, refer: sendRefer };
