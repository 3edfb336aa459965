import type { Clock } from '../../../config/clock.ts';
import { CodedError } from '../../../config/errors.ts';
import type { LegId, LegSnapshot } from '../../call-control/index.ts';
import type { CommandSender } from '../wire/connection.ts';
import { parseJsonHeaders, SwitchEvent } from '../wire/switch-event.ts';
import { phoneUser } from './translate.ts';

/** How often and how long the list of channels is asked for until it is complete. */
const LIST_AGAIN_MS = 100;
const LIST_TRIES = 25;

/**
 * Asks for all legs and what is known of each. A leg that ends meanwhile is left out. The switch writes its list of channels
 * behind time, so legs that are `known` from events are looked at as well. Deadline in ms, for each answer.
 */
export async function takeSnapshot(
  sender: CommandSender,
  deadlineMs: number,
  known: Iterable<LegId>,
  agentsProfile: string,
): Promise<LegSnapshot[]> {
  const ids = new Set([...legIds((await sender.api('show channels as json', deadlineMs)).text), ...known]);
  return lookAt(sender, deadlineMs, ids, agentsProfile);
}

/**
 * The same for a switch of which nothing is known: asks again until the list holds as many legs as the switch counts, since a
 * leg that arrived just before would stay unknown for ever. `created` gives the legs that began since we listen.
 */
export async function takeFirstSnapshot(
  sender: CommandSender,
  deadlineMs: number,
  clock: Clock,
  created: () => Iterable<LegId>,
  agentsProfile: string,
): Promise<LegSnapshot[]> {
  for (let left = LIST_TRIES; ; left--) {
    const [status, list] = await Promise.all([
      sender.api('status', deadlineMs),
      sender.api('show channels as json', deadlineMs),
    ]);
    const ids = new Set([...legIds(list.text), ...created()]);
    const count = Number(/^(\d+) session\(s\) - peak/m.exec(status.text)?.[1] ?? 0);
    if (ids.size >= count || left === 0) return lookAt(sender, deadlineMs, ids, agentsProfile);
    await new Promise<void>((resolve) => void clock.after(LIST_AGAIN_MS, resolve));
  }
}

async function lookAt(
  sender: CommandSender,
  deadlineMs: number,
  ids: ReadonlySet<LegId>,
  agentsProfile: string,
): Promise<LegSnapshot[]> {
  const legs = await Promise.all(
    [...ids].map(async (id) => {
      const reply = await sender.api(`uuid_dump ${id} json`, deadlineMs);
      return reply.ok ? snapshotOf(new SwitchEvent(parseJsonHeaders(reply.text)), agentsProfile) : undefined;
    }),
  );
  return legs.filter((leg) => leg !== undefined);
}

/** With no channel at all the switch sends no `rows`. */
function legIds(text: string): string[] {
  const { rows = [] } = parseJsonHeaders(text);
  if (!Array.isArray(rows)) throw new CodedError('switch.protocol', { reason: 'bad-channel-list' });
  return rows.map((row: unknown) => {
    const id = typeof row === 'object' && row !== null && 'uuid' in row ? row.uuid : undefined;
    if (typeof id !== 'string') throw new CodedError('switch.protocol', { reason: 'bad-channel-list' });
    return id;
  });
}

function snapshotOf(dump: SwitchEvent, agentsProfile: string): LegSnapshot | undefined {
  const legId = dump.legId;
  if (legId === undefined || dump.get('Answer-State') === 'hangup') return undefined;
  const createdMicros = Number(dump.get('Caller-Channel-Created-Time') ?? 0);
  // `bridge_uuid` stays after a bridge has ended, `bridge_to` does not.
  const bridgedTo = dump.variable('bridge_to');
  const contactId = dump.variable('tandem_contact_id');
  const role = dump.variable('tandem_role');
  const fromUser = dump.get('Call-Direction') === 'outbound' ? undefined : phoneUser(dump, agentsProfile);
  return {
    legId,
    direction: dump.get('Call-Direction') === 'outbound' ? 'outbound' : 'inbound',
    createdAtMs: Math.floor(createdMicros / 1000),
    answered: dump.get('Answer-State') === 'answered',
    // Ours, which counts while the bridge lasts, or the phone's own.
    held:
      (bridgedTo !== undefined && dump.variable('tandem_held') === 'true') || dump.get('Channel-Call-State') === 'HELD',
    callerNumber: dump.get('Caller-Caller-ID-Number') ?? '',
    dialedNumber: dump.get('Caller-Destination-Number') ?? '',
    ...(bridgedTo ? { bridgedTo } : {}),
    ...(contactId ? { contactId } : {}),
    ...(role ? { role } : {}),
    ...(fromUser ? { fromUser } : {}),
  };
}
