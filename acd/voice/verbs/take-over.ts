import { COMMAND_DONE, conflict, NOT_FOUND, type Verb } from '../command.ts';
import { rejectionOf } from '../tell-routing.ts';

export interface TakeOverCommand {
  readonly kind: 'take-over';
  readonly contactId: string;
  readonly supervisorAgentId: string;
}
export interface AssignCommand {
  readonly kind: 'assign';
  readonly contactId: string;
  readonly agentId: string;
}
export interface MoveCommand {
  readonly kind: 'move';
  readonly contactId: string;
  readonly queueId: string;
}
export interface ReprioritiseCommand {
  readonly kind: 'reprioritise';
  readonly contactId: string;
  readonly priority: number;
}

/**
 * Brings a contact to the supervisor's own desk: a waiting one as an assignment, a talking one by taking it from its agent, who keeps it
 * until the supervisor's phone answers. Of two supervisors the first one gets it.
 */
export const takeOverVerb: Verb<TakeOverCommand> = {
  kind: 'take-over',
  async run(room, { contactId, supervisorAgentId }) {
    const call = room.calls.get(contactId);
    if (!call || call.stage === 'over') return NOT_FOUND;
    if (!room.directory.agent(supervisorAgentId)) return conflict('no-desk');
    const agentId = call.agent?.agentId;
    if (agentId === supervisorAgentId) return COMMAND_DONE;
    if (call.takenOverBy !== undefined && call.takenOverBy !== supervisorAgentId) {
      return conflict('another-supervisor-was-faster');
    }
    if (call.takenOverBy === supervisorAgentId) return COMMAND_DONE;
    call.takenOverBy = supervisorAgentId;
    const rejection = rejectionOf(
      await room.routing
        .submit(
          agentId === undefined
            ? { type: 'contact-assigned', contactId, agentId: supervisorAgentId }
            : { type: 'transferred-to-agent', contactId, agentId, toAgentId: supervisorAgentId, attended: true },
        )
        .catch((error: unknown) => {
          call.takenOverBy = undefined;
          throw error;
        }),
    );
    if (rejection === undefined) return COMMAND_DONE;
    call.takenOverBy = undefined;
    return conflict(rejection);
  },
};

/** A supervisor gives a waiting contact to an agent. */
export const assignVerb: Verb<AssignCommand> = {
  kind: 'assign',
  async run(room, { contactId, agentId }) {
    const rejection = rejectionOf(await room.routing.submit({ type: 'contact-assigned', contactId, agentId }));
    return rejection === undefined ? COMMAND_DONE : conflict(rejection);
  },
};

export const moveVerb: Verb<MoveCommand> = {
  kind: 'move',
  async run(room, { contactId, queueId }) {
    const rejection = rejectionOf(await room.routing.submit({ type: 'contact-moved', contactId, queueId }));
    return rejection === undefined ? COMMAND_DONE : conflict(rejection);
  },
};

export const reprioritiseVerb: Verb<ReprioritiseCommand> = {
  kind: 'reprioritise',
  async run(room, { contactId, priority }) {
    const rejection = rejectionOf(await room.routing.submit({ type: 'contact-reprioritised', contactId, priority }));
    return rejection === undefined ? COMMAND_DONE : conflict(rejection);
  },
};
