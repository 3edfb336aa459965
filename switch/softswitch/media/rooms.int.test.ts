import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PCMA, readWav, toneLevelDb } from '../../../media/index.ts';
import { createMediaHost, type LegMedia, type MediaHost } from './index.ts';
import { RtpPhone, until } from './rtp-phone.fixture.ts';

let host: MediaHost;
let folder: string;
const phones: RtpPhone[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rooms-'));
  host = createMediaHost({ host: '127.0.0.1', rtpPorts: [28_000, 28_499], maxLegs: 6 });
});

afterEach(async () => {
  await host.close();
  for (const phone of phones.splice(0)) phone.close();
  await rm(folder, { recursive: true });
});

async function speaker(hz: number, law?: typeof PCMA): Promise<{ phone: RtpPhone; leg: LegMedia; hz: number }> {
  const phone = await RtpPhone.start(law ? { law } : {});
  phones.push(phone);
  const made = await host.createLeg('rtp');
  if (made.kind !== 'leg') throw new Error(made.detail);
  const answer = await made.leg.acceptOffer(phone.sdp());
  if (answer.kind !== 'answer') throw new Error(answer.detail);
  phone.follow(answer.sdp);
  phone.say(hz);
  return { phone, leg: made.leg, hz };
}

/** Which of the tones a phone hears in 400 ms of new sound that starts 150 ms from now. */
async function hears(phone: RtpPhone, tones: readonly number[]): Promise<number[]> {
  await new Promise((resolve) => setTimeout(resolve, 150));
  const from = phone.heard.length;
  await new Promise((resolve) => setTimeout(resolve, 450));
  const count = Math.min(20, phone.heard.length - from);
  if (count === 0) return [];
  const samples = phone.lastSamples(count);
  return tones.filter((hz) => toneLevelDb(samples, hz, 8000) > -20);
}

describe('supervision', () => {
  it('listens, whispers and barges, switched while it runs, and leaves no trace when it ends', async () => {
    const caller = await speaker(400);
    const agent = await speaker(900, PCMA);
    const supervisor = await speaker(1500);
    const all = [400, 900, 1500];
    const heard = async () => [
      await hears(caller.phone, all),
      await hears(agent.phone, all),
      await hears(supervisor.phone, all),
    ];
    host.bridge(caller.leg, agent.leg);
    const supervision = host.supervise(supervisor.leg, agent.leg, 'listen');
    expect(await heard()).toEqual([[900], [400], [400, 900]]);
    supervision.setMode('whisper');
    expect(await heard()).toEqual([[900], [400, 1500], [400, 900]]);
    supervision.setMode('barge');
    expect(await heard()).toEqual([
      [900, 1500],
      [400, 1500],
      [400, 900],
    ]);
    await agent.leg.close();
    await supervision.ended;
    expect(await hears(supervisor.phone, all)).toEqual([]);
    expect(host.partnerOf(caller.leg)).toBeUndefined();
  });
});

describe('a conference', () => {
  it('lets each hear all others, not those that are muted, and is recorded', async () => {
    const [a, b, c] = [await speaker(400), await speaker(900, PCMA), await speaker(1500)];
    const all = [400, 900, 1500];
    host.bridge(a.leg, b.leg);
    const room = host.createConference();
    for (const { leg } of [a, b, c]) room.join(leg);
    expect(host.partnerOf(a.leg)).toBeUndefined();
    const path = join(folder, 'room.wav');
    const outcome = host.record(a.leg, path);
    expect(await hears(a.phone, all)).toEqual([900, 1500]);
    expect(await hears(b.phone, all)).toEqual([400, 1500]);
    expect(await hears(c.phone, all)).toEqual([400, 900]);
    room.muteMember(c.leg, true);
    expect(await hears(a.phone, all)).toEqual([900]);
    expect(await hears(c.phone, all)).toEqual([400, 900]);
    if (outcome.kind !== 'recording') throw new Error(outcome.detail);
    await c.leg.close();
    expect(room.members).toHaveLength(2);
    outcome.recording.stop();
    await outcome.recording.ended;
    const sound = readWav(await readFile(path));
    if (sound.kind !== 'wav') throw new Error(sound.reason);
    const [left, right] = sound.channels.map((channel) => channel.subarray(2400, 5600)) as [Int16Array, Int16Array];
    expect(all.filter((hz) => toneLevelDb(left, hz, 8000) > -20)).toEqual([400]);
    expect(all.filter((hz) => toneLevelDb(right, hz, 8000) > -20)).toEqual([900, 1500]);
  });
});

describe('a supervisor of somebody in a conference', () => {
  it('hears all, whispers to that one, and barges to all', async () => {
    const [a, b, c] = [await speaker(400), await speaker(900), await speaker(1500)];
    const supervisor = await speaker(2100);
    const all = [400, 900, 1500, 2100];
    const room = host.createConference();
    for (const { leg } of [a, b, c]) room.join(leg);
    const supervision = host.supervise(supervisor.leg, a.leg, 'whisper');
    expect(await hears(supervisor.phone, all)).toEqual([400, 900, 1500]);
    expect(await hears(a.phone, all)).toEqual([900, 1500, 2100]);
    expect(await hears(b.phone, all)).toEqual([400, 1500]);
    supervision.setMode('barge');
    expect(await hears(a.phone, all)).toEqual([900, 1500, 2100]);
    expect(await hears(b.phone, all)).toEqual([400, 1500, 2100]);
  });
});

describe('a recording', () => {
  it('keeps both sides on one clock through gaps, and ends with the leg', async () => {
    const a = await speaker(400);
    const b = await speaker(900);
    host.bridge(a.leg, b.leg);
    const path = join(folder, 'gaps.wav');
    const outcome = host.record(a.leg, path);
    if (outcome.kind !== 'recording') throw new Error(outcome.detail);
    await new Promise((resolve) => setTimeout(resolve, 600));
    // Both fall silent at the same moment, without packets, and speak again at the same moment.
    a.phone.say(undefined);
    b.phone.say(undefined);
    await new Promise((resolve) => setTimeout(resolve, 500));
    a.phone.say(400);
    b.phone.say(900);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await a.leg.close();
    expect(await outcome.recording.ended).toMatchObject({ reason: 'leg-closed' });
    const sound = readWav(await readFile(path));
    if (sound.kind !== 'wav') throw new Error(sound.reason);
    /** Where sound comes back after the longest stretch of zeros, samples. */
    const [left, right] = sound.channels.map((channel) => {
      let best = { start: 0, length: 0 };
      for (let start = 0; start < channel.length; start += 1) {
        let end = start;
        while (end < channel.length && channel[end] === 0) end += 1;
        if (start > 2400 && end - start > best.length) best = { start, length: end - start };
        start = end;
      }
      return best;
    }) as [{ start: number; length: number }, { start: number; length: number }];
    expect(left.length).toBeGreaterThan(400 * 8);
    expect(Math.abs(left.start - right.start)).toBeLessThanOrEqual(160);
    expect(Math.abs(left.start + left.length - right.start - right.length)).toBeLessThanOrEqual(160);
  });

  it('that cannot be made is refused with the reason and disturbs nothing', async () => {
    const a = await speaker(400);
    expect(host.record(a.leg, join(folder, 'none', 'a.wav'))).toMatchObject({
      kind: 'failed',
      reason: 'not-writable',
      detail: 'ENOENT',
    });
    expect(host.record(a.leg, '/dev/full')).toMatchObject({ kind: 'failed', reason: 'not-writable', detail: 'ENOSPC' });
    expect(host.record(a.leg, 'relative.wav')).toMatchObject({ kind: 'failed', reason: 'not-writable' });
  });
});

describe('a leg', () => {
  it('takes the first sender for its peer and nobody else after that', async () => {
    const a = await speaker(400);
    const b = await speaker(900);
    host.bridge(a.leg, b.leg);
    await until(() => b.phone.heard.length > 10, 'sound');
    const stranger = await RtpPhone.start();
    phones.push(stranger);
    stranger.follow(`m=audio ${a.leg.localPort} RTP/AVP 0`);
    stranger.say(1500);
    expect(await hears(b.phone, [400, 900, 1500])).toEqual([400]);
    expect(stranger.heard).toHaveLength(0);
    expect(a.leg.statistics().packetsDiscarded).toBeGreaterThan(10);
  });

  it('is silent towards a peer that holds it, and raises the version only when its description changes', async () => {
    const a = await speaker(400);
    const b = await speaker(900);
    host.bridge(a.leg, b.leg);
    const versionOf = (sdp: string) => Number(/^o=- \d+ (\d+)/m.exec(sdp)?.[1]);
    const again = await a.leg.acceptOffer(a.phone.sdp());
    const held = await a.leg.acceptOffer(a.phone.sdp('sendonly'));
    if (again.kind !== 'answer' || held.kind !== 'answer') throw new Error('refused');
    expect([versionOf(again.sdp), versionOf(held.sdp)]).toEqual([1, 2]);
    expect(held.sdp).toContain('a=recvonly');
    expect(held.negotiated.heldByPeer).toBe(true);
    expect(await hears(a.phone, [900])).toEqual([]);
    expect(await hears(b.phone, [400])).toEqual([400]);
    await a.leg.acceptOffer(a.phone.sdp());
    expect(await hears(a.phone, [900])).toEqual([900]);
  });

  it('can be muted either way', async () => {
    const a = await speaker(400);
    const b = await speaker(900);
    host.bridge(a.leg, b.leg);
    a.leg.mute('in', true);
    expect(await hears(b.phone, [400])).toEqual([]);
    a.leg.mute('in', false);
    a.leg.mute('out', true);
    expect(await hears(b.phone, [400])).toEqual([400]);
    expect(await hears(a.phone, [900])).toEqual([]);
  });

  it('is not made beyond the limit, and does nothing when it is closed', async () => {
    const made = [];
    for (let i = 0; i < 7; i += 1) made.push(await host.createLeg('rtp'));
    expect(made.map((outcome) => outcome.kind)).toEqual(['leg', 'leg', 'leg', 'leg', 'leg', 'leg', 'full']);
    const [first] = made;
    if (first?.kind !== 'leg') throw new Error('none');
    await Promise.all([first.leg.close(), first.leg.close()]);
    expect(await first.leg.acceptOffer('v=0\r\n')).toMatchObject({ kind: 'refused', reason: 'closed' });
    expect(await first.leg.play(['tone_stream://%(100,0,440)']).outcome).toEqual({ kind: 'stopped' });
    expect(host.record(first.leg, join(folder, 'x.wav'))).toMatchObject({ kind: 'failed', reason: 'closed' });
    expect((await host.createLeg('rtp')).kind).toBe('leg');
  });
});
