import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { tone, toneLevelDb, writeWav } from '../../../media/index.ts';
import { createMediaHost, type LegMedia, type MediaHost } from './index.ts';
import { RtpPhone, until } from './rtp-phone.fixture.ts';

const MICROPHONE_HZ = 440;
const PHONE_HZ = 1000;

/** Runs in the page: one connection, the microphone on it, and a meter on what comes in. */
const PAGE = `<!doctype html><audio id="out" autoplay></audio><script>
  async function connection() {
    const peer = window.peer = new RTCPeerConnection();
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
    const context = new AudioContext();
    peer.ontrack = (event) => {
      const incoming = new MediaStream([event.track]);
      document.getElementById('out').srcObject = incoming;
      const meter = window.meter = context.createAnalyser();
      meter.fftSize = 8192;
      context.createMediaStreamSource(incoming).connect(meter);
    };
    for (const track of stream.getTracks()) peer.addTrack(track, stream);
    return peer;
  }
  async function described(peer) {
    if (peer.iceGatheringState !== 'complete') await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && resolve()));
    return peer.localDescription.sdp;
  }
  async function offer() { const peer = await connection(); await peer.setLocalDescription(await peer.createOffer()); return described(peer); }
  async function take(sdp) { await window.peer.setRemoteDescription({ type: 'answer', sdp }); }
  async function answer(sdp) { const peer = await connection(); await peer.setRemoteDescription({ type: 'offer', sdp }); await peer.setLocalDescription(await peer.createAnswer()); return described(peer); }
  function loudestHz() {
    const bins = new Float32Array(window.meter.frequencyBinCount);
    window.meter.getFloatFrequencyData(bins);
    let best = 0;
    bins.forEach((level, index) => { if (level > bins[best]) best = index; });
    return { hz: (best * window.meter.context.sampleRate) / window.meter.fftSize, levelDb: bins[best] };
  }
  function press(digit) { window.peer.getSenders()[0].dtmf.insertDTMF(digit, 100); }
</script>`;

let browser: Browser;
let server: Server;
let folder: string;
let host: MediaHost;
let page: Page;
let phone: RtpPhone;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'browser-'));
  const microphone = join(folder, 'microphone.wav');
  await writeFile(microphone, writeWav([tone([MICROPHONE_HZ], 10_000, 48_000)], 48_000));
  server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}`,
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
});

afterEach(async () => {
  await page.close();
  await host.close();
  phone.close();
});

afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function setUp(): Promise<{ browserLeg: LegMedia; phoneLeg: LegMedia }> {
  host = createMediaHost({ host: '127.0.0.1', rtpPorts: [23_000, 23_499] });
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  phone = await RtpPhone.start();
  const made = [await host.createLeg('webrtc'), await host.createLeg('rtp')];
  const [browserLeg, phoneLeg] = made.map((outcome) => {
    if (outcome.kind !== 'leg') throw new Error(outcome.detail);
    return outcome.leg;
  }) as [LegMedia, LegMedia];
  const answer = await phoneLeg.acceptOffer(phone.sdp());
  if (answer.kind !== 'answer') throw new Error(answer.detail);
  phone.follow(answer.sdp);
  phone.say(PHONE_HZ);
  return { browserLeg, phoneLeg };
}

async function expectBothHear(browserLeg: LegMedia, phoneLeg: LegMedia): Promise<void> {
  await until(() => browserLeg.ready, 'DTLS with the browser', 20_000);
  host.bridge(browserLeg, phoneLeg);
  await until(() => toneLevelDb(phone.lastSamples(50), MICROPHONE_HZ, 8000) > -25, 'the microphone in the phone');
  let heard = { hz: 0, levelDb: -200 };
  const endMs = performance.now() + 15_000;
  while (Math.abs(heard.hz - PHONE_HZ) > 15 && performance.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    heard = await page.evaluate('loudestHz()');
  }
  expect(Math.abs(heard.hz - PHONE_HZ)).toBeLessThan(15);
  const digits: string[] = [];
  browserLeg.onDigit((digit) => digits.push(digit));
  await page.evaluate("press('5')");
  await until(() => digits.length > 0, 'a digit from the browser');
  expect(digits).toEqual(['5']);
  await until(() => browserLeg.statistics().packetsReceived > 200, 'four seconds of packets');
  const { packetsReceived, packetsLost } = browserLeg.statistics();
  expect(packetsLost).toBeLessThan(packetsReceived / 100);
}

it('answers a browser that offers', async () => {
  const { browserLeg, phoneLeg } = await setUp();
  const answer = await browserLeg.acceptOffer(await page.evaluate<string>('offer()'));
  if (answer.kind !== 'answer') throw new Error(answer.detail);
  await page.evaluate(`take(${JSON.stringify(answer.sdp)})`);
  await expectBothHear(browserLeg, phoneLeg);
});

it('offers to a browser', async () => {
  const { browserLeg, phoneLeg } = await setUp();
  const offer = await browserLeg.createOffer();
  const accepted = await browserLeg.acceptAnswer(await page.evaluate<string>(`answer(${JSON.stringify(offer)})`));
  expect(accepted).toMatchObject({ kind: 'accepted', negotiated: { law: 'PCMU', telephoneEvent: true } });
  await expectBothHear(browserLeg, phoneLeg);
});
