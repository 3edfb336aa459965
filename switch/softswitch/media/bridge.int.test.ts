import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type G711, PCMA, PCMU, readWav, recordingInfo, toneLevelDb } from '../../../media/index.ts';
import { createMediaHost, type LegMedia, type MediaHost } from './index.ts';
import { RtpPhone, until } from './rtp-phone.fixture.ts';

let host: MediaHost;
let folder: string;
const phones: RtpPhone[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-'));
  host = createMediaHost({ host: '127.0.0.1', rtpPorts: [21_000, 21_999] });
});

afterEach(async () => {
  await host.close();
  for (const phone of phones.splice(0)) phone.close();
  await rm(folder, { recursive: true });
});

async function leg(options: { law?: G711; events?: boolean } = {}): Promise<{ phone: RtpPhone; leg: LegMedia }> {
  const phone = await RtpPhone.start(options);
  phones.push(phone);
  const made = await host.createLeg('rtp');
  if (made.kind !== 'leg') throw new Error(made.detail);
  const answer = await made.leg.acceptOffer(phone.sdp());
  if (answer.kind !== 'answer') throw new Error(answer.detail);
  phone.follow(answer.sdp);
  return { phone, leg: made.leg };
}

/** The level of a tone in the middle one of all 100 ms pieces: a stalled machine may put a gap into one of them. */
function usualLevelDb(samples: Int16Array, hz: number): number {
  const levels: number[] = [];
  for (let at = 0; at + 800 <= samples.length; at += 800) {
    levels.push(toneLevelDb(samples.subarray(at, at + 800), hz, 8000));
  }
  levels.sort((a, b) => a - b);
  return levels[Math.floor(levels.length / 2)] ?? -120;
}

function expectTone(samples: Int16Array, presentHz: number, absentHz: number): void {
  expect(usualLevelDb(samples, presentHz)).toBeGreaterThan(-15);
  expect(usualLevelDb(samples, absentHz)).toBeLessThan(-30);
}

describe('two bridged phones', () => {
  it.each([
    ['the same law', PCMU, PCMU],
    ['both laws', PCMU, PCMA],
  ])('hear each other with %s, without gaps in sequence and time', async (_name, lawA, lawB) => {
    const a = await leg({ law: lawA });
    const b = await leg({ law: lawB });
    a.phone.say(440);
    b.phone.say(1000);
    host.bridge(a.leg, b.leg);
    await until(() => a.phone.heard.length > 60 && b.phone.heard.length > 60, 'a second of sound');
    expectTone(a.phone.lastSamples(40), 1000, 440);
    expectTone(b.phone.lastSamples(40), 440, 1000);
    const packets = b.phone.heard.slice(0, 60);
    expect(new Set(packets.map((packet) => packet.ssrc)).size).toBe(1);
    expect(packets[0]?.ssrc).not.toBe(a.phone.ssrc);
    packets.slice(1).forEach((packet, index) => {
      expect((packet.sequence - packets[index]!.sequence) & 0xffff).toBe(1);
      expect((packet.timestamp - packets[index]!.timestamp) >>> 0).toBe(160);
    });
    expect(packets.every((packet) => packet.payloadType === lawB.payloadType)).toBe(true);
  });

  it('are recorded each on its own side while the file grows', async () => {
    const a = await leg();
    const b = await leg({ law: PCMA });
    host.bridge(a.leg, b.leg);
    a.phone.say(440);
    b.phone.say(1000);
    const path = join(folder, 'call.wav');
    const outcome = host.record(a.leg, path);
    if (outcome.kind !== 'recording') throw new Error(outcome.detail);
    expect(host.record(b.leg, path)).toMatchObject({ kind: 'failed', reason: 'already' });
    await until(() => outcome.recording.durationMs >= 500, 'half a second');
    const early = (await stat(path)).size;
    expect(await recordingInfo(path)).toMatchObject({ kind: 'cut-short', channels: 2 });
    await until(() => outcome.recording.durationMs >= 1000, 'a second');
    expect((await stat(path)).size).toBeGreaterThan(early + 14_000);
    outcome.recording.pause();
    const pausedFrom = outcome.recording.durationMs;
    await until(() => outcome.recording.durationMs >= pausedFrom + 500, 'a pause');
    outcome.recording.resume();
    const resumedFrom = outcome.recording.durationMs;
    await until(() => outcome.recording.durationMs >= resumedFrom + 500, 'more sound');
    outcome.recording.stop();
    const end = await outcome.recording.ended;
    expect(end.reason).toBe('stopped');
    expect(await recordingInfo(path)).toMatchObject({ kind: 'complete', durationMs: end.durationMs });
    const sound = readWav(await readFile(path));
    if (sound.kind !== 'wav') throw new Error(sound.reason);
    const [left, right] = sound.channels as [Int16Array, Int16Array];
    const part = (side: Int16Array, fromMs: number, toMs: number) => side.subarray(fromMs * 8, toMs * 8);
    expectTone(part(left, 400, 900), 440, 1000);
    expectTone(part(right, 400, 900), 1000, 440);
    const silent = part(left, pausedFrom, resumedFrom);
    expect(silent.every((sample) => sample === 0)).toBe(true);
    expectTone(part(left, resumedFrom + 50, resumedFrom + 450), 440, 1000);
  });

  it('hold: the partner hears music, the holder nothing', async () => {
    const a = await leg();
    const b = await leg();
    host.bridge(a.leg, b.leg);
    a.phone.say(440);
    b.phone.say(1000);
    await until(() => a.phone.heard.length > 10 && b.phone.heard.length > 10, 'sound');
    host.hold(a.leg);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const heldCount = a.phone.heard.length;
    const musicFrom = b.phone.heard.length;
    await until(() => b.phone.heard.length > musicFrom + 50, 'music');
    expect(a.phone.heard.length).toBe(heldCount);
    const music = b.phone.lastSamples(50);
    expect(toneLevelDb(music, 440, 8000)).toBeLessThan(-25);
    expect(Math.max(...music)).toBeGreaterThan(500);
    host.unhold(a.leg);
    await until(() => a.phone.heard.length > heldCount + 30, 'sound again');
    await until(() => toneLevelDb(b.phone.lastSamples(20), 440, 8000) > -15, 'tone again');
    const packets = b.phone.heard;
    packets.slice(1).forEach((packet, index) => {
      expect((packet.sequence - packets[index]!.sequence) & 0xffff).toBe(1);
      expect((packet.timestamp - packets[index]!.timestamp) | 0).toBeGreaterThan(0);
    });
  });

  it('a partner change keeps the stream whole and the former partner out of it', async () => {
    const a = await leg();
    const b = await leg();
    const c = await leg();
    host.bridge(a.leg, b.leg);
    a.phone.say(300);
    b.phone.say(1000);
    c.phone.say(1700);
    await until(() => a.phone.heard.length > 20, 'the first partner');
    host.bridge(a.leg, c.leg);
    expect(host.partnerOf(b.leg)).toBeUndefined();
    const from = a.phone.heard.length;
    await until(() => a.phone.heard.length > from + 40, 'the second partner');
    expectTone(a.phone.lastSamples(30), 1700, 1000);
    const packets = a.phone.heard;
    expect(new Set(packets.map((packet) => packet.ssrc)).size).toBe(1);
    packets.slice(1).forEach((packet, index) => {
      expect((packet.sequence - packets[index]!.sequence) & 0xffff).toBe(1);
      expect((packet.timestamp - packets[index]!.timestamp) | 0).toBeGreaterThanOrEqual(160);
    });
  });
});

describe('keypad digits', () => {
  it('are reported once per press and passed on to the partner', async () => {
    const a = await leg();
    const b = await leg();
    const digits: string[] = [];
    a.leg.onDigit((digit) => digits.push(digit));
    host.bridge(a.leg, b.leg);
    a.phone.press('5');
    a.phone.press('5', 4, 0);
    a.phone.press('#');
    await until(() => digits.length >= 3, 'three digits');
    await until(() => b.phone.heard.filter((packet) => packet.payloadType === 101).length >= 20, 'events passed on');
    expect(digits).toEqual(['5', '5', '#']);
  });

  it('are sent to the phone as events', async () => {
    const a = await leg();
    a.leg.sendDigits('1x9');
    const ends = () => a.phone.heard.filter((packet) => packet.payloadType === 101 && packet.payload[1]! & 0x80);
    await until(() => ends().length >= 6, 'both digits');
    expect(ends().map((packet) => packet.payload[0])).toEqual([1, 1, 1, 9, 9, 9]);
    expect(new Set(ends().map((packet) => packet.timestamp)).size).toBe(2);
  });

  it('are heard in the sound of a phone without telephone-event', async () => {
    const a = await leg({ events: false });
    const b = await leg({ events: false });
    const digits: string[] = [];
    b.leg.onDigit((digit) => digits.push(digit));
    // What one leg plays to its phone is looped back by hand into the other leg.
    a.leg.sendDigits('147*', { durationMs: 100 });
    await until(() => a.phone.heard.length >= 40, 'tones');
    let timestamp = 0;
    for (const packet of a.phone.heard) b.phone.send(0, packet.payload, (timestamp += 160), false);
    await until(() => digits.length >= 4, 'digits');
    expect(digits).toEqual(['1', '4', '7', '*']);
  });
});

describe('playback', () => {
  it('plays tones and ends by itself, by stop, and at once when a sound is missing', async () => {
    const a = await leg();
    const done = a.leg.play(['tone_stream://%(400,100,440);loops=1', 'silence_stream://60']);
    expect(await done.outcome).toEqual({ kind: 'done' });
    expect(done.playedMs).toBe(560);
    const heard = a.phone.lastSamples(28);
    expect(toneLevelDb(heard.subarray(0, 3200), 440, 8000)).toBeGreaterThan(-11);
    expect(heard.subarray(3400).every((sample) => Math.abs(sample) < 10)).toBe(true);
    const endless = a.leg.play(['tone_stream://%(200,0,440);loops=-1']);
    await until(() => endless.playedMs > 300, 'the tone');
    endless.stop();
    expect(await endless.outcome).toEqual({ kind: 'stopped' });
    const missing = join(folder, 'none.wav');
    expect(await a.leg.play(['silence_stream://20', missing]).outcome).toEqual({ kind: 'missing', sound: missing });
  });
});

describe('silence', () => {
  it('is reported once, and not while the peer holds', async () => {
    const a = await leg();
    let timeouts = 0;
    a.leg.onTimeout(1, () => {
      timeouts += 1;
    });
    await until(() => timeouts === 1, 'the report');
    await a.leg.acceptOffer(a.phone.sdp('sendonly'));
    expect(a.leg.negotiated?.heldByPeer).toBe(true);
  });
});
