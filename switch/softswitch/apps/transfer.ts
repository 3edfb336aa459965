import { splitArguments } from '../api/arguments.ts';
import type { Application } from '../core/switch-core.ts';
import { transfer as transferLeg } from '../core/transfer.ts';

/** `transfer EXTENSION [DIALPLAN] [CONTEXT]` */
export const transfer: Application = (sw, session, data) => {
  const [destination = '', dialplan, context] = splitArguments(data, 3);
  if (destination === '') return;
  transferLeg(sw, session, {
    destination,
    ...(dialplan === undefined ? {} : { dialplan }),
    ...(context === undefined ? {} : { context }),
  });
};
