import { COMMAND_DONE, conflict, isOutcome, ownCall, type Verb } from '../command.ts';
import { touch } from '../stage.ts';

export interface HoldCommand {
  readonly kind: 'hold';
  readonly contactId: string;
  readonly agentId: string;
}

/** The caller hears music until `unhold`. Asked again it does nothing. */
export const holdVerb: Verb<HoldCommand> = {
  kind: 'hold',
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    const { call, agent } = own;
    if (call.consult) return conflict('consulting');
    if (agent.heldSinceMs !== undefined) return COMMAND_DONE;
    agent.heldSinceMs = room.clock.now();
    touch(room, call);
    const outcome = await call.control.hold(agent.legId).catch((error: unknown) => {
      agent.heldSinceMs = undefined;
      touch(room, call);
      throw error;
    });
    if (outcome.kind === 'gone') {
      agent.heldSinceMs = undefined;
      touch(room, call);
      return conflict('phone-is-gone');
    }
    room.records.phase(call.contactId, 'hold', room.clock.now());
    return COMMAND_DONE;
  },
};
