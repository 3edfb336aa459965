import { randomToken } from '../core.ts';
import { serialise } from '../message/serialise.ts';
import { MAGIC_COOKIE } from '../message/via.ts';
import { viaValue } from '../transaction/send-request.ts';
import { draftInDialog } from './dialog-request.ts';
import type { LiveCall } from './live-call.ts';
import { nextHop } from './next-hop.ts';

/** Acknowledges a 2xx (RFC 3261 §13.2.2.4); kept so that a repeated 2xx gets the same ACK. */
export async function sendAck(call: LiveCall, cseq: number): Promise<void> {
  const flow = await nextHop(call);
  if (!flow) return;
  const draft = draftInDialog(call, flow, 'ACK', {}, cseq);
  draft.headers.addFirst('Via', viaValue(flow, MAGIC_COOKIE + randomToken()));
  const bytes = serialise({ kind: 'request', ...draft });
  call.lastAck = { cseq, bytes, flow };
  flow.send(bytes);
}

/** A 2xx came again: its ACK was lost. */
export function repeatAck(call: LiveCall, cseq: number): void {
  if (call.lastAck?.cseq !== cseq) return;
  call.core.counters.retransmitsIn++;
  call.lastAck.flow.send(call.lastAck.bytes);
}
