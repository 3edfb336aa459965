import { COMMAND_DONE, conflict, isOutcome, ownCall, type Verb } from '../command.ts';
import { touch } from '../stage.ts';

export interface UnholdCommand {
  readonly kind: 'unhold';
  readonly contactId: string;
  readonly agentId: string;
}

/** Both hear each other again. Asked again it does nothing. */
export const unholdVerb: Verb<UnholdCommand> = {
  kind: 'unhold',
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    const { call, agent } = own;
    if (call.consult) return conflict('consulting');
    if (agent.heldSinceMs === undefined) return COMMAND_DONE;
    const { heldSinceMs } = agent;
    agent.heldSinceMs = undefined;
    const stillHeld = () => {
      agent.heldSinceMs = heldSinceMs;
      touch(room, call);
    };
    const outcome = await call.control.unhold(agent.legId).catch((error: unknown) => {
      stillHeld();
      throw error;
    });
    if (outcome.kind === 'gone') {
      stillHeld();
      return conflict('phone-is-gone');
    }
    room.records.phase(call.contactId, 'talk', room.clock.now());
    touch(room, call);
    return COMMAND_DONE;
  },
};
