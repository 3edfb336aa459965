import type { Clock } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type { Logger } from '../../../config/logger.ts';
import type { CallEvent, Done, Gone, LegId } from '../../call-control/index.ts';
import type { CommandSender, Reply } from '../wire/connection.ts';
import type { ApplicationBook } from './application-book.ts';
import type { EventWatch } from './event-watch.ts';
import type { Leg, LegBook } from './leg-book.ts';

/** How the switch is laid out: names that its configuration and ours must share. */
export interface SwitchLayout {
  /** SIP profile where agents' phones register. */
  readonly agentsProfile: string;
  /** SIP domain of the agents' phones. */
  readonly domain: string;
  /** SIP profile through which SIP addresses are dialled. */
  readonly trunkProfile: string;
  /** Dial string for a number; `{number}` stands for it. */
  readonly numberDialString: string;
  /** Where waiting music comes from; `{stream}` stands for its name. */
  readonly musicSource: string;
  /** A file played over and over where the switch has no such source, `{stream}` as above: its path as the switch sees it. */
  readonly musicFile?: string;
  /** Played when the music does not exist: a tone in the switch's notation. */
  readonly fallbackTone: string;
  readonly conferenceProfile: string;
  /** How long a leg may stand parked before the switch ends it, s. Longer than any wait: it counts while music plays, too. */
  readonly parkTimeoutS: number;
}

export const DEFAULT_LAYOUT: SwitchLayout = {
  agentsProfile: 'agents',
  domain: 'tandem.local',
  trunkProfile: 'trunk',
  numberDialString: 'sofia/gateway/trunk/{number}',
  musicSource: 'local_stream://{stream}',
  fallbackTone: '%(200,4800,440)',
  conferenceProfile: 'default',
  parkTimeoutS: 14_400,
};

/** What the verbs work with: one switch, as this process knows it. */
export interface SwitchNode {
  readonly sender: CommandSender;
  readonly legs: LegBook;
  readonly applications: ApplicationBook;
  readonly events: EventWatch;
  readonly layout: SwitchLayout;
  readonly clock: Clock;
  readonly log: Logger;
  /** Tells the contact center what the switch has no event for. */
  readonly tell: (event: CallEvent) => void;
  /** For commands that the switch answers at once, ms. */
  readonly deadlineMs: number;
}

export const DONE: Done = { kind: 'done' };
export const GONE: Gone = { kind: 'gone' };

/** Runs an API command of one leg. `gone` when the switch doesn't know the leg; any other refusal is `switch.refused`. */
export async function legCommand(node: SwitchNode, line: string): Promise<Done | Gone> {
  const reply = await node.sender.api(line, node.deadlineMs);
  if (reply.ok) return DONE;
  if (saysGone(reply)) return GONE;
  throw refused(line, reply);
}

/** True when a refusal means that there is no such leg. The switch has four ways to say it. */
export function saysGone(reply: Reply): boolean {
  return /no such channel|invalid uuid|cannot locate session|invalid session/i.test(reply.text);
}

export function refused(line: string, reply: Reply): CodedError {
  return new CodedError('switch.refused', {
    command: line.split(' ', 1)[0] ?? '',
    reply: reply.text.trim().slice(0, 80),
  });
}

/** Asks the switch whether a leg is there, for commands whose answer doesn't say. */
export async function legExists(node: SwitchNode, legId: LegId): Promise<boolean> {
  return (await node.sender.api(`uuid_exists ${legId}`, node.deadlineMs)).text.trim() === 'true';
}

/** Checks a leg's id before it becomes part of a command. Throws `request.invalid`. */
export function checkLegId(legId: LegId): LegId {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(legId)) {
    throw new CodedError('request.invalid', { field: 'legId', reason: 'not-a-uuid' });
  }
  return legId;
}

/** Ends what occupies the leg, in the books only: for verbs that make the switch end it anyway. */
export function releaseActivity(leg: Leg): void {
  const activity = leg.activity;
  leg.activity = undefined;
  leg.mayBePlaying = false;
  activity?.onReplaced();
}

/** Ends what plays on the leg. The break is written at once; what is asked of the leg next comes after it. */
export async function breakActivity(node: SwitchNode, leg: Leg): Promise<Done | Gone> {
  if (!leg.activity && !leg.mayBePlaying) return DONE;
  const broken = legCommand(node, `uuid_break ${leg.id} all`);
  broken.catch(() => undefined);
  releaseActivity(leg);
  return broken;
}

/** Sets, before the first sound on a leg, what its sounds rely on: no digit ends a playback. */
export function prepareLeg(node: SwitchNode, leg: Leg): void {
  if (leg.prepared) return;
  leg.prepared = true;
  node.sender
    .api(`uuid_setvar_multi ${leg.id} playback_terminators=none;hangup_after_bridge=false`, node.deadlineMs)
    .catch(() => undefined);
}

/** Ends the music that a leg has put on its partner, before the leg leaves the bridge or holds no longer. */
export function endHold(node: SwitchNode, leg: Leg): void {
  if (!leg.holding || leg.bridgedTo === undefined) return;
  leg.holding = false;
  void breakActivity(node, node.legs.get(leg.bridgedTo)).catch(() => undefined);
}
