import { randomUUID } from 'node:crypto';
import type { Session } from '../core/session.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import type { Conference, ConferenceMember } from './conference.ts';
import { tellConference, tellFloor, tellMember } from './conference-event.ts';

/** Rooms at once. */
const MAX_CONFERENCES = 1000;

function openConference(sw: SwitchCore, name: string, profile: string): Conference | undefined {
  const found = sw.conferences.get(name);
  if (found) return found;
  if (sw.conferences.size >= MAX_CONFERENCES) return undefined;
  const conference: Conference = {
    name,
    profile,
    uuid: randomUUID(),
    startedAtMs: sw.clock.now(),
    room: sw.media.createConference(),
    members: [],
    floorId: undefined,
  };
  sw.conferences.set(name, conference);
  tellConference(sw, conference, 'conference-create');
  return conference;
}

/** Puts a leg into a room, making the room when it is the first. Undefined when the leg has no media or there are too many rooms. */
export function joinConference(
  sw: SwitchCore,
  session: Session,
  name: string,
  profile: string,
): { readonly conference: Conference; readonly member: ConferenceMember } | undefined {
  const { media } = session.leg;
  if (!media) return undefined;
  const conference = openConference(sw, name, profile);
  if (!conference) return undefined;
  const member: ConferenceMember = {
    id: ++sw.counters.conferenceMembers,
    session,
    joinedAtMs: sw.clock.now(),
    speaks: true,
    hears: true,
    talking: false,
  };
  conference.members.unshift(member);
  conference.room.join(media);
  tellMember(sw, conference, member, 'add-member');
  if (conference.floorId === undefined) {
    conference.floorId = member.id;
    tellFloor(sw, conference, member);
  }
  return { conference, member };
}

/** Takes a leg out of its room; the room goes with the last. */
export function leaveConference(sw: SwitchCore, conference: Conference, member: ConferenceMember): void {
  const at = conference.members.indexOf(member);
  if (at < 0) return;
  if (conference.floorId === member.id) {
    const next = conference.members.find((one) => one !== member);
    conference.floorId = next?.id;
    tellFloor(sw, conference, next);
  }
  conference.members.splice(at, 1);
  const { media } = member.session.leg;
  if (media) conference.room.leave(media);
  tellMember(sw, conference, member, 'del-member');
  if (conference.members.length > 0) return;
  sw.conferences.delete(conference.name);
  conference.room.close();
  tellConference(sw, conference, 'conference-destroy');
}

/** Lets a member be heard, or not. */
export function muteMember(sw: SwitchCore, conference: Conference, member: ConferenceMember, muted: boolean): void {
  member.speaks = !muted;
  const { media } = member.session.leg;
  if (media) conference.room.muteMember(media, muted);
  tellMember(sw, conference, member, muted ? 'mute-member' : 'unmute-member');
}
