import type { Channel } from '../core/channel.ts';
import type { Session } from '../core/session.ts';
import type { ApiCommand, SwitchCore } from '../core/switch-core.ts';
import { localStamp } from '../core/time.ts';
import { splitArguments, usage } from './arguments.ts';

type Row = Readonly<Record<string, string>>;

function sent(channel: Channel, what: 'name' | 'number'): string {
  return channel.sentCallee?.[what] ?? '';
}

/** What both tables say of a leg first. */
function firstColumns(session: Session): Row {
  const { channel } = session;
  const profile = channel.profile;
  return {
    uuid: channel.uuid,
    direction: channel.direction,
    created: localStamp(channel.createdAtMs),
    created_epoch: String(Math.floor(channel.createdAtMs / 1000)),
    name: channel.name,
    state: channel.runningState,
    cid_name: profile?.callerIdName ?? '',
    cid_num: profile?.callerIdNumber ?? '',
    ip_addr: channel.direction === 'inbound' ? (profile?.networkAddr ?? '') : '',
    dest: profile?.destinationNumber ?? '',
  };
}

function presence(channel: Channel): Row {
  return {
    presence_id: channel.variables.get('presence_id') ?? '',
    presence_data: channel.variables.get('presence_data') ?? '',
    accountcode: channel.variables.get('accountcode') ?? '',
    callstate: channel.callState,
    callee_name: channel.profile?.calleeIdName ?? '',
    callee_num: channel.profile?.calleeIdNumber ?? '',
    callee_direction: channel.calleeDirection,
  };
}

/** In a bridge, or after one, the id of the call is shown; before the first one it is empty. */
function shownCallUuid(channel: Channel): string {
  return channel.otherLeg || channel.variables.has('last_bridge_to') ? channel.callUuid : '';
}

function channelRow(sw: SwitchCore, session: Session): Row {
  const { channel } = session;
  const profile = channel.profile;
  return {
    ...firstColumns(session),
    application: session.shownApp?.app ?? '',
    application_data: session.shownApp?.data ?? '',
    dialplan: profile?.dialplan ?? '',
    context: profile?.context ?? '',
    read_codec: channel.readCodec?.name ?? '',
    read_rate: String(channel.readCodec?.rate ?? ''),
    read_bit_rate: String(channel.readCodec?.bitRate ?? ''),
    write_codec: channel.writeCodec?.name ?? '',
    write_rate: String(channel.writeCodec?.rate ?? ''),
    write_bit_rate: String(channel.writeCodec?.bitRate ?? ''),
    secure: '',
    hostname: sw.identity.hostname,
    ...presence(channel),
    call_uuid: shownCallUuid(channel),
    sent_callee_name: sent(channel, 'name'),
    sent_callee_num: sent(channel, 'number'),
    initial_cid_name: profile?.origCallerIdName ?? '',
    initial_cid_num: profile?.origCallerIdNumber ?? '',
    initial_ip_addr: channel.direction === 'inbound' ? (profile?.networkAddr ?? '') : '',
    initial_dest: session.firstDestination ?? profile?.destinationNumber ?? '',
    initial_dialplan: channel.direction === 'inbound' ? 'XML' : '',
    initial_context: profile?.context ?? '',
  };
}

const B_COLUMNS = [
  'uuid',
  'direction',
  'created',
  'created_epoch',
  'name',
  'state',
  'cid_name',
  'cid_num',
  'ip_addr',
  'dest',
  'presence_id',
  'presence_data',
  'accountcode',
  'callstate',
  'callee_name',
  'callee_num',
  'callee_direction',
  'sent_callee_name',
  'sent_callee_num',
] as const;

function callRow(sw: SwitchCore, session: Session): Row {
  const { channel } = session;
  const partner = session.bridge?.partner;
  const other: Row | undefined = partner && {
    ...firstColumns(partner),
    ...presence(partner.channel),
    sent_callee_name: sent(partner.channel, 'name'),
    sent_callee_num: sent(partner.channel, 'number'),
  };
  return {
    ...firstColumns(session),
    ...presence(channel),
    call_uuid: shownCallUuid(channel),
    hostname: sw.identity.hostname,
    sent_callee_name: sent(channel, 'name'),
    sent_callee_num: sent(channel, 'number'),
    ...Object.fromEntries(B_COLUMNS.map((column) => [`b_${column}`, other?.[column] ?? ''])),
    call_created_epoch: other ? String(Math.floor((channel.profile?.times.bridged ?? 0) / 1_000_000)) : '',
  };
}

function registrationRows(sw: SwitchCore): Row[] {
  return sw.sip.allBindings().map((binding) => ({
    reg_user: binding.user,
    realm: sw.settings.sip.agents.realm,
    token: binding.contact,
    url: `sofia/${binding.profile}/${binding.contact}`,
    expires: String(Math.floor(binding.expiresAtMs / 1000)),
    network_ip: binding.flow.host,
    network_port: String(binding.flow.port),
    network_proto: binding.flow.transport,
    hostname: sw.identity.hostname,
    metadata: '',
  }));
}

const TABLES: Readonly<Record<string, (sw: SwitchCore) => Row[]>> = {
  channels: (sw) => [...sw.sessions.values()].map((session) => channelRow(sw, session)),
  calls: (sw) =>
    [...sw.sessions.values()]
      .filter((session) => session.bridge?.role !== 'second')
      .map((session) => callRow(sw, session)),
  registrations: registrationRows,
};

/** `show channels|calls|registrations [count] [as json]` */
export const show: ApiCommand = (sw, argument) => {
  const words = splitArguments(argument, 6).map((word) => word.toLowerCase());
  const table = TABLES[words[0] ?? ''];
  if (!table) return usage('channels|calls|registrations [count] [as json]');
  const rows = table(sw);
  const json = words.includes('json');
  if (json && (rows.length === 0 || words.includes('count'))) return `{"row_count": ${rows.length}}\n`;
  if (json) return JSON.stringify({ row_count: rows.length, rows });
  if (rows.length === 0 || words.includes('count')) return `\n${rows.length} total.\n`;
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n\n${rows.length} total.\n`;
};
