import type { SwitchCore } from '../core/switch-core.ts';
import type { Subscription } from './subscription.ts';

/** One connected client, as the commands see it. */
export interface EventSocketClient {
  readonly sw: SwitchCore;
  readonly subscription: Subscription;
  authenticated: boolean;
  /** Asked for the log; it is accepted, but nothing is sent. */
  logging: boolean;
  send(text: string): void;
  /** Says goodbye and closes. Idempotent. */
  close(): void;
  /** Forgets events that were not sent yet. */
  dropBacklog(): void;
}
