import { publishChannelEvent } from '../core/build-event.ts';
import { setVariable, variableIsTrue } from '../core/channel.ts';
import { takeDigit } from '../core/digits.ts';
import type { Header } from '../core/event.ts';
import { runQueue } from '../core/execute.ts';
import type { Session } from '../core/session.ts';
import type { Application, SwitchCore } from '../core/switch-core.ts';
import { mayGoOn, nextWake } from '../core/wait.ts';
import type { LegMedia, LegSupervision } from '../media/index.ts';

/** Who hears the supervisor: nobody, the watched leg's partner, the watched leg, or both; and the digit for it. */
const HEARD_BY = { '0': 'nobody', '1': 'partner', '2': 'watched', '3': 'both' } as const;
type HeardBy = (typeof HEARD_BY)[keyof typeof HEARD_BY];

function firstHeardBy(session: Session): HeardBy {
  const watched = variableIsTrue(session.channel, 'eavesdrop_whisper_aleg');
  const partner = variableIsTrue(session.channel, 'eavesdrop_whisper_bleg');
  if (watched && partner) return 'both';
  return watched ? 'watched' : partner ? 'partner' : 'nobody';
}

/** Supervision of a conversation from the side of one of its legs; to be heard by the partner alone, the partner is the one watched. */
function supervise(sw: SwitchCore, own: LegMedia, watched: LegMedia, heardBy: HeardBy): LegSupervision {
  const target = heardBy === 'partner' ? (sw.media.partnerOf(watched) ?? watched) : watched;
  const modes = { nobody: 'listen', partner: 'whisper', watched: 'whisper', both: 'barge' } as const;
  return sw.media.supervise(own, target, modes[heardBy]);
}

async function follow(sw: SwitchCore, session: Session, own: LegMedia, watched: LegMedia): Promise<void> {
  const byDigits = variableIsTrue(session.channel, 'eavesdrop_enable_dtmf');
  let supervision = supervise(sw, own, watched, firstHeardBy(session));
  while (mayGoOn(session)) {
    const woken = await nextWake(session, sw.clock, { digits: true, done: supervision.ended });
    if (woken === 'message') await runQueue(sw, session);
    else if (woken === 'break' || woken === 'done') break;
    else if (woken === 'digit') {
      const digit = takeDigit(sw, session) ?? '';
      if (!byDigits) continue;
      if (digit === '*') break;
      if (!Object.hasOwn(HEARD_BY, digit)) continue;
      supervision.stop();
      supervision = supervise(sw, own, watched, HEARD_BY[digit as keyof typeof HEARD_BY]);
    }
  }
  supervision.stop();
}

/** `eavesdrop UUID`: puts this leg on another one's conversation. With `eavesdrop_enable_dtmf`, digits change who hears it. */
export const eavesdrop: Application = async (sw, session, data) => {
  const watched = sw.sessions.get(data.trim());
  const [own, other] = [session.leg.media, watched?.leg.media];
  if (!watched || watched === session || !own || !other) return;
  const { channel } = session;
  const bug: Header[] = [
    ['Media-Bug-Function', 'eavesdrop'],
    ['Media-Bug-Target', watched.channel.uuid],
  ];
  publishChannelEvent(sw, watched.channel, 'MEDIA_BUG_START', { before: bug });
  const seen = watched.channel.profile;
  if (seen && channel.profile) {
    const [name, number] = [seen.callerIdName || seen.callerIdNumber, seen.callerIdNumber];
    setVariable(channel, 'last_sent_callee_id_name', name);
    setVariable(channel, 'last_sent_callee_id_number', number);
    publishChannelEvent(sw, channel, 'CALL_UPDATE', {
      before: [
        ['Direction', 'SEND'],
        ['Sent-Callee-ID-Name', name],
        ['Sent-Callee-ID-Number', number],
      ],
    });
  }
  await follow(sw, session, own, other);
  publishChannelEvent(sw, watched.channel, 'MEDIA_BUG_STOP', { before: bug });
};
