import { COMMAND_DONE, conflict, NOT_FOUND, NOT_YOURS, type Verb } from '../command.ts';
import { touch } from '../stage.ts';
import { rejectionOf, tellRouting } from '../tell-routing.ts';

export interface WrapUpCommand {
  readonly kind: 'wrap-up';
  readonly contactId: string;
  readonly agentId: string;
  readonly dispositionId?: string;
  readonly notes?: string;
  /** Ends the wrap-up; otherwise it is only saved. */
  readonly done: boolean;
}

/** Keeps what came of the call. It may be written during the call too. */
export const wrapUpVerb: Verb<WrapUpCommand> = {
  kind: 'wrap-up',
  async run(room, command) {
    const { contactId, agentId, dispositionId, notes } = command;
    const call = room.calls.get(contactId);
    if (!call) return NOT_FOUND;
    const wrapUp = call.wrapUps.get(agentId);
    if (!wrapUp && call.agent?.agentId !== agentId) return NOT_YOURS;
    room.records.wrapUp(contactId, {
      ...(dispositionId === undefined ? {} : { dispositionId }),
      ...(notes === undefined ? {} : { notes }),
    });
    if (wrapUp) {
      if (dispositionId !== undefined) wrapUp.dispositionId = dispositionId;
      if (notes !== undefined) wrapUp.notes = notes;
      touch(room, call);
    }
    if (!command.done) return COMMAND_DONE;
    if (!wrapUp) return conflict('call-is-not-over');
    const effects = await tellRouting(room, call, { type: 'wrap-up-ended', contactId, agentId });
    const rejection = rejectionOf(effects);
    return rejection === undefined || rejection === 'not-in-wrap-up' ? COMMAND_DONE : conflict(rejection);
  },
};

export interface ExtendWrapUpCommand {
  readonly kind: 'extend-wrap-up';
  readonly contactId: string;
  readonly agentId: string;
}

/** How much one extension adds, and how many there are. */
export const WRAP_UP_EXTENSION_MS = 30_000;
export const WRAP_UP_EXTENSIONS = 3;

export const extendWrapUpVerb: Verb<ExtendWrapUpCommand> = {
  kind: 'extend-wrap-up',
  async run(room, { contactId, agentId }) {
    const wrapUp = room.calls.get(contactId)?.wrapUps.get(agentId);
    if (!wrapUp) return conflict('no-wrap-up');
    if (wrapUp.extensions >= WRAP_UP_EXTENSIONS) return conflict('no-extension-left');
    const effects = await room.routing.submit({
      type: 'wrap-up-extended',
      contactId,
      agentId,
      byMs: WRAP_UP_EXTENSION_MS,
    });
    const rejection = rejectionOf(effects);
    return rejection === undefined ? COMMAND_DONE : conflict(rejection);
  },
};
