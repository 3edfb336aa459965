import { randomUUID } from 'node:crypto';
import type { CodedError } from '../../../config/errors.ts';
import type { LegId } from '../../call-control/index.ts';
import type { CommandSender } from '../wire/connection.ts';
import type { SwitchEvent } from '../wire/switch-event.ts';

/** How an application on a leg ended. `withdrawn` means that we broke it off and the switch may say nothing more about it. */
export type ApplicationEnd =
  | { readonly kind: 'complete'; readonly response: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'withdrawn' };

/** An application that was sent to a leg. */
export interface RunningApplication {
  readonly end: Promise<ApplicationEnd>;
  withdraw(): void;
}

/**
 * Applications on legs by the Event-UUID that we give them; the switch returns it as Application-UUID. An application runs as
 * long as its leg wants, so its end has no deadline: it ends with the leg or with the link at the latest.
 */
export class ApplicationBook {
  readonly #open = new Map<string, { legId: LegId; settle: (end: ApplicationEnd | CodedError) => void }>();

  run(sender: CommandSender, legId: LegId, name: string, argument: string, deadlineMs: number): RunningApplication {
    const id = randomUUID();
    let settle: (end: ApplicationEnd | CodedError) => void = () => undefined;
    const end = new Promise<ApplicationEnd>((resolve, reject) => {
      settle = (outcome) => {
        if (!this.#open.delete(id)) return;
        if ('kind' in outcome) resolve(outcome);
        else reject(outcome);
      };
    });
    end.catch(() => undefined);
    this.#open.set(id, { legId, settle });
    sender
      .command(`sendmsg ${legId}`, deadlineMs, {
        'call-command': 'execute',
        'execute-app-name': name,
        'execute-app-arg': argument,
        'Event-UUID': id,
      })
      .then(
        (reply) => {
          if (!reply.ok) settle({ kind: 'gone' });
        },
        (error: unknown) => settle(error as CodedError),
      );
    return { end, withdraw: () => settle({ kind: 'withdrawn' }) };
  }

  /** Takes `CHANNEL_EXECUTE_COMPLETE` and the end of a leg. */
  take(event: SwitchEvent): void {
    if (event.name === 'CHANNEL_EXECUTE_COMPLETE') {
      const open = this.#open.get(event.get('Application-UUID') ?? '');
      if (!open) return;
      const hungUp = event.get('Answer-State') === 'hangup';
      open.settle(hungUp ? { kind: 'gone' } : { kind: 'complete', response: event.get('Application-Response') ?? '' });
    } else if (event.name === 'CHANNEL_HANGUP_COMPLETE') {
      for (const open of [...this.#open.values()]) {
        if (open.legId === event.legId) open.settle({ kind: 'gone' });
      }
    }
  }

  failAll(error: CodedError): void {
    for (const open of [...this.#open.values()]) open.settle(error);
  }
}
