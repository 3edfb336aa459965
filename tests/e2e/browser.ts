/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const RATE_HZ = 48_000;

/** A microphone for Chromium: one tone, seamless when it is looped. */
function microphone(folder: string, toneHz: number): string {
  const samples = RATE_HZ;
  const wave = Buffer.alloc(44 + samples * 2);
  wave.write('RIFF', 0);
  wave.writeUInt32LE(36 + samples * 2, 4);
  wave.write('WAVEfmt ', 8);
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(RATE_HZ, 24);
  wave.writeUInt32LE(RATE_HZ * 2, 28);
  wave.writeUInt16LE(2, 32);
  wave.writeUInt16LE(16, 34);
  wave.write('data', 36);
  wave.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    wave.writeInt16LE(Math.round(9_000 * Math.sin((2 * Math.PI * toneHz * i) / RATE_HZ)), 44 + i * 2);
  }
  const path = join(folder, 'microphone.wav');
  writeFileSync(path, wave);
  return path;
}

export interface Browser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page's console said at level error. */
  readonly consoleErrors: readonly string[];
  close(): Promise<void>;
}

/** Chromium with a microphone that plays `toneHz`, and WebRTC on loopback. The tone should be a multiple of 50 Hz. */
export async function openBrowser(options: {
  toneHz: number;
  width?: number;
  height?: number;
  locale?: string;
}): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-browser-'));
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: '/usr/bin/chromium',
    headless: true,
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    locale: options.locale ?? 'zh-CN',
    permissions: ['microphone', 'notifications'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone(folder, options.toneHz)}`,
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const consoleErrors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => consoleErrors.push(String(error)));
  return {
    context,
    page,
    consoleErrors,
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What was heard of one tone: when it began, and the longest silence after that, ms. */
export interface HeardTone {
  readonly firstAtMs: number | undefined;
  readonly longestGapMs: number;
  readonly heardMs: number;
}

/**
 * Begins to listen in the page to `#remote-audio`, in blocks of 10 ms. A stream that appears or changes later is taken up, so it may begin
 * before the call. The watch is kept on `window.toneWatch`.
 */
export async function listenFor(page: Page, toneHz: number): Promise<void> {
  await page.evaluate((hz) => {
    const context = new AudioContext({ sampleRate: 48_000 });
    const block = 480;
    const watch = { blocks: [] as [number, number][] };
    (window as unknown as { toneWatch: typeof watch }).toneWatch = watch;
    const processor = context.createScriptProcessor(2_048, 1, 1);
    let rest = new Float32Array(0);
    processor.onaudioprocess = (event) => {
      const now = Date.now();
      const input = event.inputBuffer.getChannelData(0);
      const samples = new Float32Array(rest.length + input.length);
      samples.set(rest);
      samples.set(input, rest.length);
      const whole = Math.floor(samples.length / block);
      for (let b = 0; b < whole; b++) {
        const turn = 2 * Math.cos((2 * Math.PI * hz) / 48_000);
        let last = 0;
        let before = 0;
        for (let i = 0; i < block; i++) {
          const value = (samples[b * block + i] ?? 0) + turn * last - before;
          before = last;
          last = value;
        }
        const power = last * last + before * before - turn * last * before;
        watch.blocks.push([now, (2 * Math.sqrt(Math.max(0, power))) / block]);
      }
      rest = samples.slice(whole * block);
    };
    processor.connect(context.destination);
    let current: MediaStream | undefined;
    let source: MediaStreamAudioSourceNode | undefined;
    setInterval(() => {
      const audio = document.getElementById('remote-audio') as HTMLAudioElement | null;
      const stream = audio?.srcObject instanceof MediaStream ? audio.srcObject : undefined;
      if (stream === current || !stream || stream.getAudioTracks().length === 0) return;
      source?.disconnect();
      current = stream;
      source = context.createMediaStreamSource(stream);
      source.connect(processor);
    }, 20);
    void context.resume();
  }, toneHz);
}

/** What was heard since {@link listenFor}, from `sinceMs` on. `level` is 0–1 of full scale. */
export async function heard(page: Page, sinceMs: number, level = 0.02): Promise<HeardTone> {
  return page.evaluate(
    ([since, least]) => {
      const { blocks } = (window as unknown as { toneWatch: { blocks: [number, number][] } }).toneWatch;
      let firstAtMs: number | undefined;
      let gap = 0;
      let longestGap = 0;
      let heardBlocks = 0;
      for (const [atMs, power] of blocks) {
        if (atMs < since) continue;
        if (power >= least) {
          firstAtMs ??= atMs;
          heardBlocks += 1;
          longestGap = Math.max(longestGap, gap);
          gap = 0;
        } else if (firstAtMs !== undefined) gap += 1;
      }
      return { firstAtMs, longestGapMs: longestGap * 10, heardMs: heardBlocks * 10 };
    },
    [sinceMs, level] as const,
  );
}
