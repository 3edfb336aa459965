import { isDown } from '../core/channel.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { transfer } from '../core/transfer.ts';
import { NO_SUCH_CHANNEL, OK, splitArguments, usage } from './arguments.ts';

const SYNTAX = '<uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]';

/** `uuid_transfer UUID [-bleg|-both] EXTENSION [DIALPLAN] [CONTEXT]` */
export const uuidTransfer: ApiCommand = (sw, argument) => {
  const words = splitArguments(argument, 5);
  const [uuid = '', second = ''] = words;
  const option = /^-(bleg|both)$/i.exec(second)?.[1]?.toLowerCase();
  const [destination = '', dialplan, context] = words.slice(option ? 2 : 1);
  if (destination === '') return usage(SYNTAX);
  const session = sw.sessions.get(uuid);
  if (!session || isDown(session.channel)) return NO_SUCH_CHANNEL;
  const partner = session.bridge?.partner;
  const target = {
    destination,
    ...(dialplan === undefined ? {} : { dialplan }),
    ...(context === undefined ? {} : { context }),
  };
  if (option && partner) transfer(sw, partner, target);
  if (option !== 'bleg') transfer(sw, session, target);
  return OK;
};
