import type { Channel } from '../core/channel.ts';
import { setVariable } from '../core/channel.ts';
import type { LegMedia, LegStatistics } from '../media/index.ts';
import type { IncomingInvite, SipParty } from '../sip/index.ts';

/** Longest header value that becomes a variable. */
const MAX_VALUE_CHARS = 2000;

/** `user@host:port` of a `sip:` URI. */
export function addressOf(uri: string): string {
  return uri.replace(/^<?sips?:/i, '').split(/[;?>]/, 1)[0] ?? '';
}

function setParty(channel: Channel, prefix: string, party: SipParty): void {
  const address = addressOf(party.uri);
  const [, port] = /:(\d+)$/.exec(address) ?? [];
  setVariable(channel, `${prefix}_user`, party.user);
  setVariable(channel, `${prefix}_port`, port);
  setVariable(channel, `${prefix}_uri`, address);
  setVariable(channel, `${prefix}_host`, party.host);
}

/** What every leg says of itself. */
export function setCommonVariables(channel: Channel): void {
  setVariable(channel, 'direction', channel.direction);
  if (channel.direction === 'outbound') setVariable(channel, 'is_outbound', 'true');
  setVariable(channel, 'uuid', channel.uuid);
  setVariable(channel, 'call_uuid', channel.uuid);
  setVariable(channel, 'session_id', String(channel.sessionId));
  setVariable(channel, 'video_media_flow', 'disabled');
  setVariable(channel, 'text_media_flow', 'disabled');
  setVariable(channel, 'channel_name', channel.name);
}

/** What an incoming INVITE says, as FreeSWITCH's variables. Headers `X-…` become `sip_h_X-…`. */
export function setInviteVariables(channel: Channel, invite: IncomingInvite): void {
  setCommonVariables(channel);
  setParty(channel, 'sip_from', invite.from);
  setParty(channel, 'sip_req', invite.requestUri);
  setParty(channel, 'sip_to', invite.to);
  setVariable(channel, 'sip_call_id', invite.callId);
  setVariable(channel, 'sip_network_ip', invite.source.host);
  setVariable(channel, 'sip_network_port', String(invite.source.port));
  setVariable(channel, 'sip_received_ip', invite.source.host);
  setVariable(channel, 'sip_received_port', String(invite.source.port));
  setVariable(channel, 'sip_via_protocol', invite.source.transport);
  setVariable(channel, 'sip_from_user_stripped', invite.from.user.replace(/^\+/, ''));
  setVariable(channel, 'sip_from_display', invite.from.displayName);
  setVariable(channel, 'sofia_profile_name', invite.profile);
  setVariable(channel, 'recovery_profile_name', invite.profile);
  setVariable(channel, 'sip_full_from', invite.headers.get('From'));
  setVariable(channel, 'sip_full_to', invite.headers.get('To'));
  setVariable(channel, 'sip_user_agent', invite.headers.get('User-Agent'));
  setVariable(channel, 'max_forwards', invite.headers.get('Max-Forwards') ?? '70');
  for (const name of invite.headers.names()) {
    if (!/^x-[A-Za-z0-9-]{1,60}$/i.test(name)) continue;
    setVariable(channel, `sip_h_${name}`, invite.headers.get(name)?.slice(0, MAX_VALUE_CHARS));
  }
  if (invite.user) {
    setVariable(channel, 'sip_auth_username', invite.user.name);
    setVariable(channel, 'user_name', invite.user.name);
    for (const [name, value] of Object.entries(invite.user.variables)) setVariable(channel, name, value);
  }
}

/** The codec that was agreed on, in headers and variables. */
export function setCodec(channel: Channel, media: LegMedia): void {
  const name = media.negotiated?.law;
  if (name === undefined) return;
  const codec = { name, rate: 8000, bitRate: 64_000 };
  channel.readCodec = codec;
  channel.writeCodec = codec;
  setVariable(channel, 'rtp_use_codec_name', name);
  setVariable(channel, 'rtp_use_codec_rate', '8000');
  setVariable(channel, 'rtp_use_codec_ptime', '20');
  setVariable(channel, 'read_codec', name);
  setVariable(channel, 'read_rate', '8000');
  setVariable(channel, 'write_codec', name);
  setVariable(channel, 'write_rate', '8000');
  setVariable(channel, 'dtmf_type', media.negotiated?.telephoneEvent ? 'rfc2833' : 'none');
  setVariable(channel, 'local_media_port', media.localPort > 0 ? String(media.localPort) : undefined);
}

/** The counts of a leg's sound for its record. */
export function mediaVariables(statistics: LegStatistics): [string, string][] {
  return [
    ['rtp_audio_in_packet_count', String(statistics.packetsReceived)],
    ['rtp_audio_in_media_packet_count', String(statistics.packetsReceived)],
    ['rtp_audio_in_skip_packet_count', String(statistics.packetsLost)],
    ['rtp_audio_in_jitter_max_variance', statistics.jitterMs.toFixed(2)],
    ['rtp_audio_out_packet_count', String(statistics.packetsSent)],
    ['rtp_audio_out_media_packet_count', String(statistics.packetsSent)],
  ];
}
