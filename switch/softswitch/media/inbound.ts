import { PCMA, PCMU } from '../../../media/index.ts';
import type { MediaFailure } from './leg-media.ts';
import type { LegState } from './leg-state.ts';
import { relayAudio, relayEvent } from './outbound.ts';

/** RFC 3389 comfort noise: taken as the silence it stands for. */
const COMFORT_NOISE = 13;
/** 120 ms at most in one packet; longer ones are nobody's speech. */
const MAX_PAYLOAD_BYTES = 960;

/** One packet of the peer: counted, passed on at once if the leg is bridged, and laid down for whoever reads beside. */
export function receivePacket(
  leg: LegState,
  payloadType: number,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
  bytes: Buffer,
  start: number,
  end: number,
  rewritable: boolean,
): void {
  if (leg.closed) return;
  const { reception } = leg;
  const newSource = ssrc !== reception.ssrc;
  if (payloadType === PCMU.payloadType || payloadType === PCMA.payloadType) {
    if (end - start > MAX_PAYLOAD_BYTES || end === start) {
      leg.discarded();
      return;
    }
    reception.count(ssrc, sequence, timestamp, performance.now());
    if (newSource) startSource(leg);
    receiveAudio(leg, payloadType, marker, sequence, timestamp, ssrc, bytes, start, end, rewritable);
  } else if (payloadType === leg.transport.eventPayloadTypeIn || payloadType === leg.transport.eventPayloadTypeOut) {
    reception.count(ssrc, sequence, timestamp, performance.now());
    if (newSource) startSource(leg);
    leg.events.push(bytes, start, end, timestamp);
    const { partner } = leg;
    if (partner?.feed === 'relay' && !leg.held && !leg.mutedIn) {
      relayEvent(partner, marker, sequence, timestamp, ssrc, bytes, start, end, rewritable);
    }
  } else if (payloadType === COMFORT_NOISE) {
    reception.lastAtMs = performance.now();
  } else {
    leg.discarded();
  }
}

function startSource(leg: LegState): void {
  leg.timeline.restart();
  leg.events.restart();
}

function receiveAudio(
  leg: LegState,
  payloadType: number,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
  bytes: Buffer,
  start: number,
  end: number,
  rewritable: boolean,
): void {
  const law = payloadType === PCMU.payloadType ? PCMU : PCMA;
  if (leg.negotiated?.telephoneEvent === false) leg.detector.push(bytes.subarray(start, end), law.toLinear);
  if (leg.held || leg.mutedIn) return;
  // Before it is passed on, as that may rewrite the payload in place.
  if (leg.tapped) leg.timeline.write(bytes.subarray(start, end), law.toLinear, timestamp, leg.engine.position());
  const { partner } = leg;
  if (partner?.feed === 'relay')
    relayAudio(partner, law, marker, sequence, timestamp, ssrc, bytes, start, end, rewritable);
}

/** See `LegMedia.onTimeout`. */
export function watchTimeout(leg: LegState, seconds: number, listener: () => void): () => void {
  leg.timeoutMs = Math.min(86_400, Math.max(0, seconds)) * 1000;
  leg.timeoutListener = listener;
  leg.timeoutFrom = performance.now();
  return () => {
    if (leg.timeoutListener !== listener) return;
    leg.timeoutListener = undefined;
    leg.timeoutMs = 0;
  };
}

/** Tells the watcher, once per silence. */
export function checkTimeout(leg: LegState): void {
  if (leg.timeoutMs === 0 || !leg.timeoutListener) return;
  const nowMs = performance.now();
  if (leg.negotiated?.heldByPeer) {
    leg.timeoutFrom = nowMs;
    return;
  }
  const sinceMs = Math.max(leg.timeoutFrom, leg.reception.lastAtMs ?? 0);
  if (nowMs - sinceMs < leg.timeoutMs) return;
  // The next silence counts from the next packet on.
  leg.timeoutFrom = Number.POSITIVE_INFINITY;
  leg.timeoutListener();
}

export function reportFailure(leg: LegState, failure: MediaFailure): void {
  if (leg.closed) return;
  for (const listener of leg.failureListeners) listener(failure);
}
