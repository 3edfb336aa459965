import { CodedError } from '../../../config/errors.ts';
import type { LegSnapshot } from '../../call-control/port.ts';
import type { CommandSender } from '../wire/connection.ts';
import { parseJsonHeaders, SwitchEvent } from '../wire/switch-event.ts';

/** Asks for all legs and what is known of each. A leg that ends meanwhile is left out. Deadlines in ms, for each answer. */
export async function takeSnapshot(sender: CommandSender, deadlineMs: number): Promise<LegSnapshot[]> {
  const ids = legIds((await sender.api('show channels as json', deadlineMs)).text);
  const legs = await Promise.all(
    ids.map(async (id) => {
      const reply = await sender.api(`uuid_dump ${id} json`, deadlineMs);
      return reply.ok ? snapshotOf(new SwitchEvent(parseJsonHeaders(reply.text))) : undefined;
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

function snapshotOf(dump: SwitchEvent): LegSnapshot | undefined {
  const legId = dump.legId;
  if (legId === undefined || dump.get('Answer-State') === 'hangup') return undefined;
  const createdMicros = Number(dump.get('Caller-Channel-Created-Time') ?? 0);
  // `bridge_uuid` stays after a bridge has ended, `bridge_to` does not.
  const bridgedTo = dump.variable('bridge_to');
  const contactId = dump.variable('tandem_contact_id');
  const role = dump.variable('tandem_role');
  return {
    legId,
    direction: dump.get('Call-Direction') === 'outbound' ? 'outbound' : 'inbound',
    createdAtMs: Math.floor(createdMicros / 1000),
    answered: dump.get('Answer-State') === 'answered',
    held: dump.get('Channel-Call-State') === 'HELD',
    callerNumber: dump.get('Caller-Caller-ID-Number') ?? '',
    dialedNumber: dump.get('Caller-Destination-Number') ?? '',
    ...(bridgedTo ? { bridgedTo } : {}),
    ...(contactId ? { contactId } : {}),
    ...(role ? { role } : {}),
  };
}
