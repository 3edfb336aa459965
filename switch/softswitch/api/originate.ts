import { takeVariables } from '../core/dial-string.ts';
import { hangUp } from '../core/hang-up.ts';
import { originate as dial } from '../core/originate.ts';
import { requestState } from '../core/set-state.ts';
import type { ApiCommand } from '../core/switch-core.ts';
import { transfer } from '../core/transfer.ts';
import { splitArguments, usage } from './arguments.ts';

const SYNTAX =
  '<call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>] [<timeout_sec>]';

/** Length of the `{…}` blocks at the start of a dial string, which may hold blanks. */
function variablesLength(text: string): number {
  return text.length - takeVariables(text).rest.length;
}

/** `originate {VARIABLES}ENDPOINT &APP(ARGUMENTS)|EXTENSION [DIALPLAN] [CONTEXT] [CID_NAME] [CID_NUMBER] [TIMEOUT]` */
export const originate: ApiCommand = async (sw, argument) => {
  const text = argument.trim();
  const head = variablesLength(text);
  const [endpoints = '', ...rest] = splitArguments(text.slice(head), 2);
  const after = (rest[0] ?? '').trim();
  if (endpoints === '' || after === '') return usage(SYNTAX);
  const inline = /^&([A-Za-z_]+)(?:\((.*?)\))?(?=\s|$)/s.exec(after);
  const [extension = '', dialplan, context, name, number, timeout] = inline
    ? ['', ...splitArguments(after.slice(inline[0].length), 5)]
    : splitArguments(after, 6);
  const { variables } = takeVariables(text);
  if (name !== undefined && name !== '') variables.set('origination_caller_id_name', name);
  if (number !== undefined && number !== '') variables.set('origination_caller_id_number', number);
  const timeoutSec = Number(timeout);
  const outcome = await dial(sw, { endpoints, variables, ...(timeoutSec > 0 ? { timeoutSec } : {}) });
  if (outcome.kind === 'failed') return `-ERR ${outcome.cause}\n`;
  const { session } = outcome;
  if (inline) {
    session.extension = [{ app: inline[1] ?? 'park', data: inline[2] ?? '' }];
    requestState(session, 'CS_EXECUTE');
  } else if (extension === '') hangUp(sw, session, 'NO_ROUTE_DESTINATION');
  else transfer(sw, session, { destination: extension, dialplan: dialplan ?? 'XML', context: context ?? 'default' });
  return `+OK ${session.channel.uuid}\n`;
};
