import { checkExtraHeaders } from '../extra-headers.ts';
import { quote } from '../message/params.ts';
import type { CallEndReason } from '../stack.ts';
import { requestInDialog } from './dialog-request.ts';
import { endCall } from './end-call.ts';
import type { ByeOptions, LiveCall } from './live-call.ts';

/** Ends the call for us at once, and tells the peer (RFC 3261 §15.1). Resolves when it answered or gave up. */
export function bye(call: LiveCall, reason: CallEndReason, options: ByeOptions = {}): Promise<void> {
  if (call.ended) return call.byeSent ?? Promise.resolve();
  const headers: [string, string][] = checkExtraHeaders(options.headers);
  if (options.q850 !== undefined) {
    const text = options.text === undefined ? '' : `;text=${quote(options.text.replace(/[^ -~]/g, ' '))}`;
    headers.push(['Reason', `Q.850;cause=${options.q850}${text}`]);
  }
  call.byeSent = requestInDialog(call, 'BYE', { headers }).then(() => undefined);
  endCall(call, { reason });
  return call.byeSent;
}
