import { playSound } from '../core/play.ts';
import type { Application } from '../core/switch-core.ts';

/** `gentones SPEC[|LOOPS]`: plays tones; LOOPS -1 for ever. */
export const gentones: Application = async (sw, session, data) => {
  const [spec = '', loops = ''] = data.split('|');
  await playSound(sw, session, `tone_stream://${spec}${loops === '' ? '' : `;loops=${loops}`}`);
};
