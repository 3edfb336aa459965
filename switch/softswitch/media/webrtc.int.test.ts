import { createSocket } from 'node:dgram';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeG711, PCMU, toneLevelDb } from '../../../media/index.ts';
import { createMediaHost, type LegMedia, type MediaHost, mediaKindOf } from './index.ts';
import { RtpPhone, until } from './rtp-phone.fixture.ts';

let host: MediaHost;
let far: MediaHost;
const phones: RtpPhone[] = [];

beforeEach(() => {
  host = createMediaHost({ host: '127.0.0.1', rtpPorts: [22_000, 22_499] });
  far = createMediaHost({ host: '127.0.0.1', rtpPorts: [22_500, 22_999] });
});

afterEach(async () => {
  await Promise.all([host.close(), far.close()]);
  for (const phone of phones.splice(0)) phone.close();
});

async function legOf(owner: MediaHost, kind: 'rtp' | 'webrtc'): Promise<LegMedia> {
  const made = await owner.createLeg(kind);
  if (made.kind !== 'leg') throw new Error(made.detail);
  return made.leg;
}

async function phoneOn(owner: MediaHost): Promise<{ phone: RtpPhone; leg: LegMedia }> {
  const phone = await RtpPhone.start();
  phones.push(phone);
  const leg = await legOf(owner, 'rtp');
  const answer = await leg.acceptOffer(phone.sdp());
  if (answer.kind !== 'answer') throw new Error(answer.detail);
  phone.follow(answer.sdp);
  return { phone, leg };
}

/** A WebRTC leg of `host` that offered to one of `far`. */
async function connected(): Promise<{ offering: LegMedia; answering: LegMedia; offer: string }> {
  const offering = await legOf(host, 'webrtc');
  const answering = await legOf(far, 'webrtc');
  const offer = await offering.createOffer();
  const answer = await answering.acceptOffer(offer);
  if (answer.kind !== 'answer') throw new Error(answer.detail);
  expect(answer.negotiated).toMatchObject({ law: 'PCMU', telephoneEvent: true, heldByPeer: false });
  // 183 and 200 bring the same answer twice.
  expect(await offering.acceptAnswer(answer.sdp)).toMatchObject({ kind: 'accepted' });
  expect(await offering.acceptAnswer(answer.sdp)).toMatchObject({ kind: 'accepted' });
  await until(() => offering.ready && answering.ready, 'DTLS');
  return { offering, answering, offer };
}

it('carries sound and digits over ICE and DTLS-SRTP between two switches, bound to the configured address only', async () => {
  const near = await phoneOn(host);
  const remote = await phoneOn(far);
  const { offering, answering, offer } = await connected();
  expect(mediaKindOf(offer)).toBe('webrtc');
  const candidates = offer.match(/^a=candidate:.*$/gm) ?? [];
  expect(candidates.length).toBeGreaterThan(0);
  expect(candidates.every((line) => line.includes(' 127.0.0.1 '))).toBe(true);
  host.bridge(near.leg, offering);
  far.bridge(remote.leg, answering);
  near.phone.say(440);
  remote.phone.say(1000);
  await until(() => near.phone.heard.length > 60 && remote.phone.heard.length > 60, 'sound');
  for (const [phone, present, absent] of [
    [near.phone, 1000, 440],
    [remote.phone, 440, 1000],
  ] as const) {
    const samples = decodeG711(PCMU, Buffer.concat(phone.heard.slice(-40).map((packet) => packet.payload)));
    expect(toneLevelDb(samples, present, 8000)).toBeGreaterThan(-15);
    expect(toneLevelDb(samples, absent, 8000)).toBeLessThan(-40);
  }
  const digits: string[] = [];
  answering.onDigit((digit) => digits.push(digit));
  near.phone.say(undefined);
  near.phone.press('7');
  await until(() => digits.length >= 1, 'the digit that is passed on');
  offering.sendDigits('9');
  await until(() => digits.length >= 2, 'the digit that is sent');
  expect(digits).toEqual(['7', '9']);
  expect(offering.statistics().packetsLost).toBe(0);
});

it('refuses what it cannot speak, and says why', async () => {
  const webrtc = await legOf(host, 'webrtc');
  const rtp = await legOf(host, 'rtp');
  const offer = await webrtc.createOffer();
  expect(await rtp.acceptOffer(offer)).toMatchObject({ kind: 'refused', reason: 'encryption-mismatch' });
  const phone = await RtpPhone.start();
  phones.push(phone);
  expect(await webrtc.acceptOffer(phone.sdp())).toMatchObject({ kind: 'refused', reason: 'encryption-mismatch' });
  expect(await webrtc.acceptAnswer('v=0\r\n')).toMatchObject({ kind: 'refused', reason: 'no-audio' });
});

it('is held and taken back by re-offers from either side', async () => {
  const { offering, answering } = await connected();
  const playing = answering.play(['tone_stream://%(200,0,440);loops=-1']);
  await until(() => offering.statistics().packetsReceived > 20, 'sound');
  for (const [from, to] of [
    [offering, answering],
    [answering, offering],
  ] as const) {
    for (const direction of ['sendonly', 'sendrecv'] as const) {
      const answer = await to.acceptOffer(await from.createOffer({ direction }));
      if (answer.kind !== 'answer') throw new Error(answer.detail);
      expect(answer.negotiated.heldByPeer).toBe(direction === 'sendonly');
      expect(answer.sdp).toContain(direction === 'sendonly' ? 'a=recvonly' : 'a=sendrecv');
      expect(await from.acceptAnswer(answer.sdp)).toMatchObject({ kind: 'accepted' });
      expect(from.ready && to.ready).toBe(true);
    }
  }
  const before = offering.statistics().packetsReceived;
  await until(() => offering.statistics().packetsReceived > before + 20, 'sound after the re-offers');
  playing.stop();
});

it('reports that the other side went away', async () => {
  const { offering, answering } = await connected();
  const failures: string[] = [];
  offering.onFailure((failure) => failures.push(failure));
  await answering.close();
  await until(() => failures.length > 0, 'the report', 40_000);
  expect(offering.ready).toBe(false);
});

it('passes over ports that another program holds', async () => {
  const held = await Promise.all(
    [23_000, 23_002, 23_004].map(async (port) => {
      const socket = createSocket('udp4');
      await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', () => resolve()));
      return socket;
    }),
  );
  const tight = createMediaHost({ host: '127.0.0.1', rtpPorts: [23_000, 23_007] });
  const leg = await legOf(tight, 'webrtc');
  expect(await leg.createOffer()).toMatch(/^a=candidate:.* 127\.0\.0\.1 2300[67] /m);
  expect((await tight.createLeg('webrtc')).kind).toBe('full');
  await tight.close();
  for (const socket of held) socket.close();
});
