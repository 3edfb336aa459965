import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';

/** Debian's Chromium with a microphone that beeps, on loopback only. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
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
      '--allow-loopback-in-peer-connection',
    ],
  });
}

/** Builds the pages into a folder of their own and answers its path. */
export async function buildPages(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'tandem-pages-'));
  await build({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir },
  });
  return outDir;
}

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly locale: 'zh-CN' | 'en';
  readonly scheme: 'light' | 'dark';
}

export interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page wrote to its console as an error, and exceptions that nothing caught. */
  readonly faults: string[];
}

export async function openPage(browser: Browser, look: Look, microphone = true): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    locale: look.locale,
    colorScheme: look.scheme,
    permissions: microphone ? ['microphone', 'notifications'] : [],
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (fault) => faults.push(String(fault)));
  return { context, page, faults };
}
