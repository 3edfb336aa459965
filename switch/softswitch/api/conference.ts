import { askOut } from '../apps/conference.ts';
import type { Conference, ConferenceMember } from '../conference/conference.ts';
import { tellMember } from '../conference/conference-event.ts';
import { muteMember } from '../conference/membership.ts';
import type { ApiCommand, SwitchCore } from '../core/switch-core.ts';
import { splitArguments } from './arguments.ts';
import { conferenceAsJson } from './conference-json.ts';

function flags(conference: Conference, member: ConferenceMember): string {
  const words: string[] = [];
  if (member.hears) words.push('hear');
  if (member.speaks) words.push('speak');
  if (member.talking) words.push('talking');
  if (conference.floorId === member.id) words.push('floor');
  return words.join('|');
}

function listed(conference: Conference): string {
  return conference.members
    .map((member) => {
      const { channel } = member.session;
      const caller = channel.profile;
      return (
        `${member.id};${channel.name};${channel.uuid};${caller?.callerIdName ?? ''};${caller?.callerIdNumber ?? ''};` +
        `${flags(conference, member)};0;0;0\n`
      );
    })
    .join('');
}

type MemberVerb = (sw: SwitchCore, conference: Conference, member: ConferenceMember) => void;

function out(action: string): MemberVerb {
  return (sw, conference, member) => {
    tellMember(sw, conference, member, action);
    askOut(member.session);
  };
}

const MEMBER_VERBS: Readonly<Record<string, MemberVerb>> = {
  mute: (sw, conference, member) => muteMember(sw, conference, member, true),
  unmute: (sw, conference, member) => muteMember(sw, conference, member, false),
  tmute: (sw, conference, member) => muteMember(sw, conference, member, member.speaks),
  deaf: (sw, conference, member) => {
    member.hears = false;
    member.session.leg.media?.mute('out', true);
    tellMember(sw, conference, member, 'deaf-member');
  },
  undeaf: (sw, conference, member) => {
    member.hears = true;
    member.session.leg.media?.mute('out', false);
    tellMember(sw, conference, member, 'undeaf-member');
  },
  kick: out('kick-member'),
  hup: out('hup-member'),
};

function chosen(conference: Conference, who: string): ConferenceMember[] {
  const word = who.toLowerCase();
  if (word === 'all') return [...conference.members];
  if (word === 'non_moderator') return [...conference.members];
  if (word === 'last') return conference.members.slice(0, 1);
  return conference.members.filter((member) => String(member.id) === who || member.session.channel.uuid === who);
}

/** `conference list`, `conference NAME list|json_list|count|mute|unmute|tmute|deaf|undeaf|kick|hup WHO` */
export const conference: ApiCommand = (sw, argument) => {
  const [name = '', verb = '', who = ''] = splitArguments(argument, 4);
  const all = [...sw.conferences.values()];
  if (name === 'list' || name === 'json_list') {
    if (name === 'json_list') return `[${all.map((one) => conferenceAsJson(sw, one)).join(', ')}]`;
    if (all.length === 0) return '+OK No active conferences.\n';
    return all
      .map(
        (one) =>
          `+OK Conference ${one.name} (${one.members.length} member${one.members.length === 1 ? '' : 's'} rate: 8000 flags: running|answered|enforce_min|dynamic|exit_sound|enter_sound)\n${listed(one)}`,
      )
      .join('');
  }
  const found = sw.conferences.get(name);
  if (!found) return `-ERR Conference ${name} not found\n`;
  switch (verb.toLowerCase()) {
    case 'list':
      return listed(found);
    case 'json_list':
      return `[${conferenceAsJson(sw, found)}]`;
    case 'count':
      return `${found.members.length}`;
  }
  const run = MEMBER_VERBS[verb.toLowerCase()];
  if (!run) return `-ERR Conference command '${verb}' not found.\n`;
  const members = chosen(found, who);
  if (members.length === 0) return `-ERR Non-Existant ID ${who}\n`;
  for (const member of members) run(sw, found, member);
  return members.map((member) => `+OK ${verb} ${member.id}\n`).join('');
};
