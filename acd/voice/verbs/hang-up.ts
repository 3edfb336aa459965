import { COMMAND_DONE, NOT_FOUND, NOT_YOURS, type Verb } from '../command.ts';
import { endCall } from '../end-call.ts';

export interface HangUpCommand {
  readonly kind: 'hang-up';
  readonly contactId: string;
  readonly agentId: string;
}

/** The agent ends the call. */
export const hangUpVerb: Verb<HangUpCommand> = {
  kind: 'hang-up',
  async run(room, command) {
    const call = room.calls.get(command.contactId);
    if (!call) return NOT_FOUND;
    if (call.stage === 'over') return COMMAND_DONE;
    if (call.agent?.agentId !== command.agentId) return NOT_YOURS;
    endCall(room, call, { outcome: 'answered', cause: 'agent-hung-up' });
    return COMMAND_DONE;
  },
};
