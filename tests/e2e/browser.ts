/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { listenFor } from './listening.ts';

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

/**
 * Chromium with a microphone that plays `toneHz`, and WebRTC on loopback. It listens for the tones of `hears` on every page; for that
 * alone the pages' content security policy is set aside. Tones should be multiples of 100 Hz.
 */
export async function openBrowser(options: {
  toneHz: number;
  hears?: readonly number[];
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
    bypassCSP: options.hears !== undefined,
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
  if (options.hears) await listenFor(page, options.hears);
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
