import { COMMAND_DONE, conflict, NOT_YOURS, type Verb } from '../command.ts';
import { tellRouting } from '../tell-routing.ts';

export interface DeclineCommand {
  readonly kind: 'decline';
  readonly contactId: string;
  readonly agentId: string;
  readonly offerId: string;
}

/** The agent does not want it: the engine ends the offer, and with it the ringing. */
export const declineVerb: Verb<DeclineCommand> = {
  kind: 'decline',
  async run(room, command) {
    const call = room.calls.get(command.contactId);
    const offer = call?.offers.get(command.offerId);
    if (!call || !offer) return COMMAND_DONE;
    if (offer.agentId !== command.agentId) return NOT_YOURS;
    if (offer.answered) return conflict('already-answered');
    await tellRouting(room, call, { type: 'offer-declined', offerId: command.offerId });
    return COMMAND_DONE;
  },
};
