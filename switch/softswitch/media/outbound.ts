import {
  dtmfFrequencies,
  EVENT_BYTES,
  EVENT_DIGITS,
  type EventPacket,
  encodeG711,
  type G711,
  RTP_HEAD_BYTES,
  senderReport,
  TICK_SAMPLES,
  writeEvent,
} from '../../../media/index.ts';
import { refreshFeed } from './feed.ts';
import type { LegState } from './leg-state.ts';
import { mixHeard } from './mix.ts';
import { readPlayback } from './playback.ts';

const FRAME_BYTES = RTP_HEAD_BYTES + TICK_SAMPLES;
const scratch = new Int16Array(TICK_SAMPLES);

/** Passes a packet of the partner on to `leg`, recoded by table when the laws differ. */
export function relayAudio(
  leg: LegState,
  law: G711,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
  bytes: Buffer,
  start: number,
  end: number,
  rewritable: boolean,
): void {
  if (leg.digits || leg.mutedOut || !leg.ready) return;
  if (law !== leg.law) {
    // In place: nobody reads a received payload after this.
    for (let i = start; i < end; i += 1) bytes[i] = law.toOther[bytes[i]!]!;
  }
  leg.stream.relay(ssrc, sequence, timestamp, marker, leg.engine.position());
  leg.transport.send(leg.stream, leg.law.payloadType, bytes, start, end, rewritable);
}

/** Passes a keypad event on. A phone without telephone-event gets the tones, from the first packet of the press. */
export function relayEvent(
  leg: LegState,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
  bytes: Buffer,
  start: number,
  end: number,
  rewritable: boolean,
): void {
  if (leg.digits || leg.mutedOut || !leg.ready || end - start < EVENT_BYTES) return;
  const payloadType = leg.transport.eventPayloadTypeOut;
  if (payloadType === undefined) {
    const digit = EVENT_DIGITS[bytes[start]!];
    if (marker && digit !== undefined) leg.sendDigits(digit);
    return;
  }
  leg.stream.relay(ssrc, sequence, timestamp, marker, leg.engine.position());
  leg.transport.send(leg.stream, payloadType, bytes, start, end, rewritable);
}

/** The frame of this tick for a leg that is fed by us. */
export function sendPacedFrame(leg: LegState, tick: number, position: number): void {
  if (!leg.ready) return;
  if (leg.digits && sendDigitFrame(leg, position)) return;
  if (leg.feed === 'music') sendMusic(leg, tick, position);
  else if (leg.feed === 'playback') {
    if (readPlayback(leg, scratch, tick)) sendSamples(leg, scratch, position);
  } else if (leg.feed === 'mix') {
    mixHeard(leg, position, scratch);
    sendSamples(leg, scratch, position);
  }
}

/** Sends 160 samples as the leg's next own frame. */
export function sendSamples(leg: LegState, samples: Int16Array, position: number): void {
  if (leg.mutedOut || !leg.ready) return;
  const packet = Buffer.allocUnsafe(FRAME_BYTES);
  encodeG711(leg.law, samples, packet, 0, RTP_HEAD_BYTES);
  leg.stream.own(position);
  leg.transport.send(leg.stream, leg.law.payloadType, packet, RTP_HEAD_BYTES, FRAME_BYTES, true);
}

function sendMusic(leg: LegState, tick: number, position: number): void {
  const { partner } = leg;
  const stream = partner?.held ? leg.engine.music.stream(partner.holdStream) : leg.music;
  if (!stream || leg.mutedOut) return;
  const packet = Buffer.allocUnsafe(FRAME_BYTES);
  stream.copyFrame(leg.law, tick, packet, RTP_HEAD_BYTES);
  leg.stream.own(position);
  leg.transport.send(leg.stream, leg.law.payloadType, packet, RTP_HEAD_BYTES, FRAME_BYTES, true);
}

/** False when the digits are over and the frame belongs to the feed again. */
function sendDigitFrame(leg: LegState, position: number): boolean {
  const next = leg.digits?.next();
  if (!next || next.done) {
    leg.digits = undefined;
    refreshFeed(leg);
    return false;
  }
  const payloadType = leg.transport.eventPayloadTypeOut;
  if (payloadType === undefined) sendDigitTone(leg, next.value, position);
  else if (next.value) {
    const packet = Buffer.allocUnsafe(RTP_HEAD_BYTES + EVENT_BYTES);
    if (next.value.first) leg.digitTimestamp = leg.stream.freshTimestamp(position);
    writeEvent(packet, RTP_HEAD_BYTES, next.value.event, next.value.end, next.value.durationUnits);
    leg.stream.event(leg.digitTimestamp, next.value.first);
    leg.transport.send(leg.stream, payloadType, packet, RTP_HEAD_BYTES, packet.length, true);
  }
  return true;
}

/** -10 dB each, as a telephone does. */
const DIGIT_AMPLITUDE = 32_767 * 10 ** (-10 / 20);

function sendDigitTone(leg: LegState, press: EventPacket | undefined, position: number): void {
  const tones = press && !press.end ? dtmfFrequencies(EVENT_DIGITS[press.event]!) : undefined;
  for (let i = 0; i < TICK_SAMPLES; i += 1) {
    const at = press ? press.durationUnits - TICK_SAMPLES + i : 0;
    const wave = (hz: number) => Math.sin((2 * Math.PI * hz * at) / 8000);
    scratch[i] = tones ? Math.round(DIGIT_AMPLITUDE * (wave(tones[0]) + wave(tones[1]))) : 0;
  }
  sendSamples(leg, scratch, position);
}

/** A sender report, every five seconds. */
export function sendLegReport(leg: LegState): void {
  if (!leg.ready || leg.closed || leg.kind !== 'rtp') return;
  const { ssrc, timestamp, packets, octets } = leg.stream;
  const report = senderReport({ ssrc, timestamp, packets, octets }, leg.reception, `leg${leg.number}`, Date.now());
  leg.transport.sendReport(report);
}
