import { queueDigit } from '../core/digits.ts';
import { hangUp } from '../core/hang-up.ts';
import type { Session } from '../core/session.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import type { LegMedia } from '../media/index.ts';

const SAMPLES_PER_MS = 8;

/** The silence after which a leg's phone counts as gone, s; 0 never. */
function silenceLimitSec(sw: SwitchCore, session: Session): number {
  const { variables } = session.channel;
  const ms = Number(variables.get('media_timeout'));
  if (ms > 0) return Math.ceil(ms / 1000);
  const seconds = Number(variables.get('rtp_timeout_sec') ?? sw.settings.mediaTimeoutSec);
  return seconds > 0 ? Math.min(seconds, 86_400) : 0;
}

/** Listens to what the media of a leg tells: digits, and its end. Once, when the leg begins. */
export function watchMedia(sw: SwitchCore, session: Session, media: LegMedia): void {
  session.cleanups.push(
    media.onDigit((digit, durationMs) =>
      queueDigit(session, { digit, durationSamples: Math.round(durationMs * SAMPLES_PER_MS), source: 'RTP' }),
    ),
    media.onFailure((failure) => {
      sw.logger.warn({ legId: session.channel.uuid, failure }, 'the media of a leg failed');
      hangUp(sw, session, 'MEDIA_TIMEOUT');
    }),
  );
}

/** Ends the leg when its phone has been silent for too long. Called when it is answered. */
export function watchSilence(sw: SwitchCore, session: Session, media: LegMedia): void {
  const limitSec = silenceLimitSec(sw, session);
  if (limitSec > 0) session.cleanups.push(media.onTimeout(limitSec, () => hangUp(sw, session, 'MEDIA_TIMEOUT')));
}
