import { channelHeaders, plainEvent } from '../core/build-event.ts';
import type { Header } from '../core/event.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import type { Conference, ConferenceMember } from './conference.ts';

const SUBCLASS = 'conference::maintenance';

/** Domain that FreeSWITCH writes when none is configured. */
const DOMAIN = 'cluecon.com';

function conferenceHeaders(conference: Conference): Header[] {
  return [
    ['Conference-Name', conference.name],
    ['Conference-Domain', DOMAIN],
    ['Conference-Size', String(conference.members.length)],
    ['Conference-Ghosts', '0'],
    ['Conference-Profile-Name', conference.profile],
    ['Conference-Unique-ID', conference.uuid],
  ];
}

function memberHeaders(conference: Conference, member: ConferenceMember): Header[] {
  return [
    ...conferenceHeaders(conference),
    ['Floor', String(conference.floorId === member.id)],
    ...channelHeaders(member.session.channel),
    ['Video', 'false'],
    ['Hear', String(member.hears)],
    ['See', 'true'],
    ['Speak', String(member.speaks)],
    ['Talking', String(member.talking)],
    ['Mute-Detect', 'false'],
    ['Hold', 'false'],
    ['Member-ID', String(member.id)],
    ['Member-Type', 'member'],
    ['Member-Ghost', 'false'],
    ['Energy-Level', '0'],
    ['Current-Energy', '0'],
  ];
}

/** Tells something about a room. */
export function tellConference(
  sw: SwitchCore,
  conference: Conference,
  action: string,
  more: readonly Header[] = [],
): void {
  const headers: Header[] = [...conferenceHeaders(conference), ['Action', action], ...more];
  sw.bus.publish(plainEvent(sw, 'CUSTOM', headers, { subclass: SUBCLASS }));
}

/** Tells something about a member of a room. */
export function tellMember(sw: SwitchCore, conference: Conference, member: ConferenceMember, action: string): void {
  const headers: Header[] = [...memberHeaders(conference, member), ['Action', action]];
  sw.bus.publish(plainEvent(sw, 'CUSTOM', headers, { subclass: SUBCLASS }));
}

/** Tells who has the floor now: the member who speaks, or nobody. */
export function tellFloor(sw: SwitchCore, conference: Conference, holder: ConferenceMember | undefined): void {
  tellConference(sw, conference, 'floor-change', [
    ['Old-ID', 'none'],
    ...(holder ? memberHeaders(conference, holder) : []),
    ['New-ID', holder ? String(holder.id) : 'none'],
  ]);
}
