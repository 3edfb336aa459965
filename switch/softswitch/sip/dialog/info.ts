import { CodedError } from '../../../../config/errors.ts';
import { hasControl } from '../extra-headers.ts';
import type { SipRequest } from '../message/message.ts';
import type { RequestOutcome } from '../stack.ts';
import { respond } from '../transaction/respond.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { requestInDialog } from './dialog-request.ts';
import { tell } from './end-call.ts';
import type { LiveCall } from './live-call.ts';

const DEFAULT_DIGIT_MS = 250;
const INFO_BODY_CHARACTERS = 16_384;

/** Sends INFO (RFC 6086 §1, legacy use). */
export async function sendInfo(call: LiveCall, contentType: string, body: string): Promise<RequestOutcome> {
  if (call.ended) return { kind: 'ended' };
  if (hasControl(contentType) || body.length > INFO_BODY_CHARACTERS)
    throw new CodedError('request.invalid', { field: 'body' });
  const outcome = await requestInDialog(call, 'INFO', { body: { type: contentType, content: body } });
  if (outcome.kind === 'failed') return outcome.why === 'timeout' ? { kind: 'timeout' } : { kind: 'ended' };
  return { kind: 'answered', status: outcome.response.status };
}

/** Takes INFO: digits go to `onDigit`, the rest to `onInfo`. */
export function receiveInfo(call: LiveCall, transaction: ServerTransaction): void {
  const { request } = transaction.checked;
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase();
  const digit = readDigit(type, request);
  if (digit === 'malformed') {
    respond(call.core, transaction, 400, { reason: 'Invalid Digit' });
    return;
  }
  respond(call.core, transaction, 200);
  if (digit) tell(call, () => call.listener.onDigit?.(call, digit.digit, digit.durationMs));
  else tell(call, () => call.listener.onInfo?.(call, type, request.body.toString('utf8')));
}

function readDigit(
  type: string,
  request: SipRequest,
): { readonly digit: string; readonly durationMs: number } | 'malformed' | undefined {
  if (type !== 'application/dtmf-relay' && type !== 'application/dtmf') return undefined;
  const text = request.body.toString('latin1').slice(0, 256);
  const signal = type === 'application/dtmf' ? text.trim() : (/^\s*signal\s*=\s*(\S+)/im.exec(text)?.[1] ?? '');
  const digit = toDigit(signal.toUpperCase());
  if (digit === undefined) return 'malformed';
  const durationMs = Number(/^\s*duration\s*=\s*(\d{1,5})/im.exec(text)?.[1] ?? DEFAULT_DIGIT_MS);
  return { digit, durationMs };
}

/** Some phones write 10 and 11 for star and hash, as the events of RFC 4733 are numbered. */
function toDigit(signal: string): string | undefined {
  if (signal === '10') return '*';
  if (signal === '11') return '#';
  return /^[0-9*#A-D]$/.test(signal) ? signal : undefined;
}
