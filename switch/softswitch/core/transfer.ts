import { randomUUID } from 'node:crypto';
import { nextProfile } from './caller-profile.ts';
import { setVariable } from './channel.ts';
import type { Session } from './session.ts';
import { requestState } from './set-state.ts';
import type { SwitchCore } from './switch-core.ts';

export interface TransferTarget {
  readonly destination: string;
  readonly dialplan?: string;
  readonly context?: string;
}

/** Adds a line to `transfer_history` and makes it the `transfer_source`. Gives the line back. */
export function noteTransfer(sw: SwitchCore, session: Session, what: string): string {
  const { variables } = session.channel;
  const line = `${Math.floor(sw.clock.now() / 1000)}:${randomUUID()}:${what}`;
  const before = variables.get('transfer_history');
  const history =
    before === undefined ? line : `${before.startsWith('ARRAY::') ? before : `ARRAY::${before}`}|:${line}`;
  variables.set('transfer_history', history);
  variables.set('transfer_source', line);
  return line;
}

/** Sends a leg to another extension: it leaves whatever it does and is routed anew. */
export function transfer(sw: SwitchCore, session: Session, target: TransferTarget): void {
  const { channel } = session;
  const profile = channel.profile;
  if (!profile) return;
  const dialplan = target.dialplan ?? profile.dialplan ?? 'XML';
  const context = target.context ?? profile.context;
  const forwards = Number(channel.variables.get('max_forwards') ?? 71) - 1;
  setVariable(channel, 'max_forwards', String(Math.max(0, forwards)));
  const source = noteTransfer(sw, session, `bl_xfer:${target.destination}/${context}/${dialplan}`);
  channel.profile = {
    ...nextProfile(profile, sw.clock.now(), source),
    rdnis: profile.destinationNumber,
    destinationNumber: target.destination,
    logicalDirection: 'inbound',
    dialplan,
    context,
  };
  channel.otherLeg = undefined;
  channel.hitDialplan = true;
  setVariable(channel, 'signal_bond', undefined);
  if (session.bridge) setVariable(session.bridge.partner.channel, 'signal_bond', undefined);
  channel.sentCallee = undefined;
  session.extension = [];
  requestState(session, 'CS_ROUTING');
}
