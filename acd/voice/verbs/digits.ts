import { COMMAND_DONE, conflict, isOutcome, ownCall, type Verb } from '../command.ts';

export interface DigitsCommand {
  readonly kind: 'digits';
  readonly contactId: string;
  readonly agentId: string;
  readonly digits: string;
}

/** Sends digits to the caller's side, e.g. to another system's menu. They are not kept: they may be secret. */
export const digitsVerb: Verb<DigitsCommand> = {
  kind: 'digits',
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    const { callerLegId } = own.call;
    if (callerLegId === undefined) return conflict('caller-is-gone');
    const outcome = await own.call.control.sendDigits(callerLegId, command.digits);
    return outcome.kind === 'gone' ? conflict('caller-is-gone') : COMMAND_DONE;
  },
};
