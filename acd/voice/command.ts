import type { Call } from './call.ts';
import type { VoiceRoom } from './room.ts';

/** What a command came to. `why` is a word for the log and for other systems, not for people. */
export type CommandOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'conflict'; readonly why: string };

export const COMMAND_DONE: CommandOutcome = { kind: 'done' };
export const NOT_FOUND: CommandOutcome = { kind: 'not-found' };
export const NOT_YOURS: CommandOutcome = { kind: 'not-yours' };

export function conflict(why: string): CommandOutcome {
  return { kind: 'conflict', why };
}

/** One thing that a person can ask for. A new one adds a file and a line in the registry. */
export interface Verb<Command extends { readonly kind: string; readonly contactId: string }> {
  readonly kind: Command['kind'];
  run(room: VoiceRoom, command: Command): Promise<CommandOutcome>;
}

/** The call if this agent talks on it now; otherwise why not. */
export function ownCall(
  room: VoiceRoom,
  command: { readonly contactId: string; readonly agentId: string },
): { call: Call; agent: NonNullable<Call['agent']> } | CommandOutcome {
  const call = room.calls.get(command.contactId);
  if (!call) return NOT_FOUND;
  if (!call.agent) return conflict('nobody-talks-on-it');
  if (call.agent.agentId !== command.agentId) return NOT_YOURS;
  if (call.stage !== 'talking') return conflict(`call-is-${call.stage}`);
  return { call, agent: call.agent };
}

export function isOutcome(value: object): value is CommandOutcome {
  return 'kind' in value;
}
