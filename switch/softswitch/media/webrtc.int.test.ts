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

it('carries sound and digits over ICE and DTLS-SRTP between two switches, bound to the configured address only', async () => {
  const near = await phoneOn(host);
  const remote = await phoneOn(far);
  const offering = await legOf(host, 'webrtc');
  const answering = await legOf(far, 'webrtc');
  const offer = await offering.createOffer();
  expect(mediaKindOf(offer)).toBe('webrtc');
  const candidates = offer.match(/^a=candidate:.*$/gm) ?? [];
  expect(candidates.length).toBeGreaterThan(0);
  expect(candidates.every((line) => line.includes(' 127.0.0.1 '))).toBe(true);
  const answer = await answering.acceptOffer(offer);
  if (answer.kind !== 'answer') throw new Error(answer.detail);
  expect(answer.negotiated).toMatchObject({ law: 'PCMU', telephoneEvent: true, heldByPeer: false });
  expect(await offering.acceptAnswer(answer.sdp)).toMatchObject({ kind: 'accepted' });
  expect(await offering.acceptAnswer(answer.sdp)).toMatchObject({ kind: 'accepted' });
  await until(() => offering.ready && answering.ready, 'DTLS');
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
