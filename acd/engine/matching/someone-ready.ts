import type { Need } from '../model.ts';
import { fitHolds } from '../needs/fit.ts';

/** Whether an agent could take a contact of this need at this moment. */
export function someoneReady(need: Need): boolean {
  for (const pool of need.pools) {
    for (const agents of pool.ready[need.class]) {
      const fit = need.fits.get(agents);
      if (fit && fitHolds(need, agents, fit)) return true;
    }
  }
  return false;
}
