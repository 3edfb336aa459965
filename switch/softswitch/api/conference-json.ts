import type { Conference } from '../conference/conference.ts';
import type { SwitchCore } from '../core/switch-core.ts';

/** FreeSWITCH prints this one JSON with tabs: a tab after each colon, members of a list on one line with their brackets. */
function print(value: unknown, depth: number): string {
  const tabs = '\t'.repeat(depth);
  if (Array.isArray(value)) return `[${value.map((one) => print(one, depth + 1)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const rows = Object.entries(value).map(([key, one]) => `${tabs}\t${JSON.stringify(key)}:\t${print(one, depth + 1)}`);
  return `{\n${rows.join(',\n')}${rows.length > 0 ? '\n' : ''}${tabs}}`;
}

/** One room as `json_list` prints it, without the list's brackets. */
export function conferenceAsJson(sw: SwitchCore, conference: Conference): string {
  const seconds = (sinceMs: number) => Math.floor((sw.clock.now() - sinceMs) / 1000);
  const off = (...names: string[]) => Object.fromEntries(names.map((name) => [name, false]));
  const on = (...names: string[]) => Object.fromEntries(names.map((name) => [name, true]));
  const zero = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 0]));
  const members = conference.members.map((member) => ({
    type: 'caller',
    id: member.id,
    flags: {
      can_hear: member.hears,
      can_see: true,
      can_speak: member.speaks,
      ...off('hold', 'mute_detect'),
      talking: member.talking,
      ...off('has_video', 'video_bridge'),
      has_floor: conference.floorId === member.id,
      ...off('is_moderator', 'end_conference', 'mandatory_member_end_conference', 'pass_digits'),
    },
    uuid: member.session.channel.uuid,
    caller_id_name: member.session.channel.profile?.callerIdName ?? '',
    caller_id_number: member.session.channel.profile?.callerIdNumber ?? '',
    join_time: seconds(member.joinedAtMs),
    ...zero('last_talking', 'energy', 'volume_in', 'volume_out', 'output-volume', 'input-volume'),
  }));
  return print(
    {
      conference_name: conference.name,
      member_count: conference.members.length,
      ghost_count: 0,
      rate: 8000,
      run_time: seconds(conference.startedAtMs),
      conference_uuid: conference.uuid,
      ...zero('canvas_count', 'max_bw_in', 'force_bw_in', 'video_floor_packets'),
      ...off('locked', 'destruct', 'wait_mod', 'audio_always'),
      ...on('running', 'answered', 'enforce_min'),
      bridge_to: false,
      ...on('dynamic', 'exit_sound', 'enter_sound'),
      ...off('recording', 'video_bridge', 'video_floor_only', 'video_rfc4579'),
      variables: {},
      members,
    },
    1,
  );
}
