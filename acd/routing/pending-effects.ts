import type { Effect, Engine } from '../engine/index.ts';

/** What becomes of an effect that was decided before a restart and perhaps not carried out. */
export type PendingDecision = 'run' | 'withdraw';

/**
 * The rule where nobody knows better: what is of the moment is carried out only while it still holds in the restored engine; the rest is
 * carried out, since its handlers do nothing twice.
 */
export function decidePending(effect: Effect, engine: Engine, nowMs: number): PendingDecision {
  switch (effect.type) {
    case 'announce':
    case 'rejected':
      return 'withdraw';
    case 'offer': {
      const offers = engine.contact(effect.contactId, nowMs)?.offers ?? [];
      return offers.some((offer) => offer.offerId === effect.offerId && offer.expiresMs > nowMs) ? 'run' : 'withdraw';
    }
    case 'assign': {
      const contact = engine.contact(effect.contactId, nowMs);
      return contact?.state === 'handling' && contact.agentId === effect.agentId ? 'run' : 'withdraw';
    }
    case 'callback-dial': {
      const contact = engine.contact(effect.contactId, nowMs);
      return contact?.state === 'callback-dialling' && effect.expiresMs > nowMs ? 'run' : 'withdraw';
    }
    default:
      return 'run';
  }
}
