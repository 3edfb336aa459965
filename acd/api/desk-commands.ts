import type { AgentStatus, CallerView, Desk, Floor, SupervisionModeWord, TransferTarget } from './contract/index.ts';

/** What a command came to. `conflict` carries the machine's word for the log, not for people. */
export type CommandOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'conflict'; readonly why: string };

/** What an agent may do from the desk. Every command is idempotent: asked twice, it is done once. */
export interface DeskCommands {
  beginShift(agentId: string): Promise<CommandOutcome>;
  endShift(agentId: string): Promise<CommandOutcome>;
  /** The page has loaded anew and its phone is about to register: a running call is brought back to it. */
  phoneReturns(agentId: string): Promise<void>;
  setStatus(agentId: string, status: AgentStatus, breakReasonId?: string): Promise<CommandOutcome>;
  decline(agentId: string, offerId: string): Promise<CommandOutcome>;
  hold(agentId: string, contactId: string): Promise<CommandOutcome>;
  unhold(agentId: string, contactId: string): Promise<CommandOutcome>;
  hangUp(agentId: string, contactId: string): Promise<CommandOutcome>;
  transfer(agentId: string, contactId: string, target: TransferTarget): Promise<CommandOutcome>;
  sendDigits(agentId: string, contactId: string, digits: string): Promise<CommandOutcome>;
  pauseRecording(agentId: string, contactId: string): Promise<CommandOutcome>;
  resumeRecording(agentId: string, contactId: string): Promise<CommandOutcome>;
  saveWrapUp(
    agentId: string,
    contactId: string,
    wrapUp: { readonly dispositionId?: string; readonly notes?: string; readonly done: boolean },
  ): Promise<CommandOutcome>;
  extendWrapUp(agentId: string, contactId: string): Promise<CommandOutcome>;
}

/** What a supervisor may do from the floor. `actorId` is the user who asks, for the audit. */
export interface FloorCommands {
  assign(contactId: string, agentId: string): Promise<CommandOutcome>;
  pull(contactId: string, agentId: string): Promise<CommandOutcome>;
  move(contactId: string, queueId: string): Promise<CommandOutcome>;
  reprioritise(contactId: string, priority: number): Promise<CommandOutcome>;
  forceStatus(agentId: string, status: AgentStatus, breakReasonId?: string): Promise<CommandOutcome>;
  drain(agentId: string, on: boolean): Promise<CommandOutcome>;
  /** Rings the supervisor's own phone and puts it on the conversation. */
  supervise(supervisorPhoneUser: string, contactId: string, mode: SupervisionModeWord): Promise<CommandOutcome>;
}

/** What pages look at. Each view is whole; `onChange` says that somebody's view is old. */
export interface LiveViews {
  desk(agentId: string): Desk | undefined;
  floor(): Floor;
  caller(phoneUser: string): CallerView;
  /** Called with the agents and caller phones whose view changed. Returns how to stop. */
  onChange(listener: (change: ViewChange) => void): () => void;
}

export type ViewChange =
  | { readonly kind: 'desk'; readonly agentId: string }
  | { readonly kind: 'floor' }
  | { readonly kind: 'caller'; readonly phoneUser: string };
