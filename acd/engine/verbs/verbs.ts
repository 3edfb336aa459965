import type { EventType } from '../events.ts';
import { abandonContact } from './abandon-contact.ts';
import { assignContact, pullContact } from './assign-contact.ts';
import { acceptCallback, settleAttempt } from './callback.ts';
import { changeAgent } from './change-agent.ts';
import { changeConfiguration } from './change-configuration.ts';
import { changeStatus, forceAgent } from './change-status.ts';
import { endAssignment } from './end-assignment.ts';
import { enqueueContact } from './enqueue-contact.ts';
import { moveContact } from './move-contact.ts';
import { reprioritiseContact } from './reprioritise-contact.ts';
import { acceptOffer, declineOffer, failOffer, withdrawOffer } from './settle-offer.ts';
import { signInAgent } from './sign-in-agent.ts';
import { drainAgent, loseAgent, signOutAgent } from './sign-out-agent.ts';
import { tick } from './tick.ts';
import { transferToAgent, transferToQueue } from './transfer.ts';
import type { Verb } from './verb.ts';
import { withdrawContact } from './withdraw-contact.ts';
import { endWrapUpEarly, extendWrapUpBy } from './wrap-up.ts';

/** Every kind of event and what it does. */
export const VERBS: { readonly [T in EventType]: Verb<T> } = {
  'contact-enqueued': enqueueContact,
  'contact-abandoned': abandonContact,
  'contact-withdrawn': withdrawContact,
  'contact-moved': moveContact,
  'contact-reprioritised': reprioritiseContact,
  'contact-assigned': assignContact,
  'contact-pulled': pullContact,
  'agent-signed-in': signInAgent,
  'agent-signed-out': signOutAgent,
  'agent-lost': loseAgent,
  'agent-status-changed': changeStatus,
  'agent-changed': changeAgent,
  'agent-drained': drainAgent,
  'agent-forced': forceAgent,
  'offer-accepted': acceptOffer,
  'offer-declined': declineOffer,
  'offer-failed': failOffer,
  'offer-withdrawn': withdrawOffer,
  'assignment-ended': endAssignment,
  'wrap-up-extended': extendWrapUpBy,
  'wrap-up-ended': endWrapUpEarly,
  'transferred-to-queue': transferToQueue,
  'transferred-to-agent': transferToAgent,
  'callback-accepted': acceptCallback,
  'callback-attempted': settleAttempt,
  'configuration-changed': changeConfiguration,
  tick,
};
