import { joinConference, leaveConference } from '../conference/membership.ts';
import { answer } from '../core/answer.ts';
import { setVariable } from '../core/channel.ts';
import { takeDigit } from '../core/digits.ts';
import { runQueue } from '../core/execute.ts';
import type { Session } from '../core/session.ts';
import type { Application } from '../core/switch-core.ts';
import { mayGoOn, nextWake } from '../core/wait.ts';

/** Legs that `conference NAME hup` or `kick` asked to leave; they end when they are out. */
const leaving = new WeakSet<Session>();

/** Asks a leg out of its room and to hang up then. */
export function askOut(session: Session): void {
  leaving.add(session);
  for (const sleeper of [...session.sleepers]) sleeper();
}

/** `conference NAME[@PROFILE][+flags{…}]`: puts the leg into a room until it leaves. */
export const conference: Application = async (sw, session, data) => {
  const [, name = '', profile = 'default'] = /^([^@+]+)(?:@([^+]*))?/.exec(data.trim()) ?? [];
  if (name === '') return;
  answer(sw, session);
  const joined = joinConference(sw, session, name, profile || 'default');
  if (!joined) return;
  const { channel } = session;
  const asked = () => leaving.has(session);
  while (mayGoOn(session) && !asked()) {
    const woken = await nextWake(session, sw.clock, { digits: true, until: asked });
    if (woken === 'message') await runQueue(sw, session);
    else if (woken === 'digit') takeDigit(sw, session);
  }
  leaveConference(sw, joined.conference, joined.member);
  setVariable(channel, 'conference_name', name);
  setVariable(channel, 'conference_member_id', String(joined.member.id));
  setVariable(channel, 'conference_uuid', joined.conference.uuid);
  if (asked()) session.extension = [];
};
