/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** A block of what was heard: when its last sample was rendered (ms since 1970), and how loud each tone was, 0–1 of full scale. */
type Block = readonly [atMs: number, ...levels: number[]];

/** What was heard of one tone: when it began, and the longest silence after that, ms. */
export interface HeardTone {
  readonly firstAtMs: number | undefined;
  readonly longestGapMs: number;
  readonly heardMs: number;
}

/** Blocks are 10 ms, in which multiples of 100 Hz do not disturb each other. */
export const BLOCK_MS = 10;
/** A tone below this is not heard. The microphones send at a quarter of full scale. */
const HEARD_LEVEL = 0.02;

/** In place of a frequency: sound of any kind, such as music. */
export const ANY_SOUND = 0;

/** Runs on the browser's audio thread, so a busy page neither loses a block nor stamps it late. */
const WORKLET = `
registerProcessor('tones', class extends AudioWorkletProcessor {
  constructor(options) {
    super();
    this.tones = options.processorOptions.tonesHz;
    this.block = new Float32Array(sampleRate / 100);
    this.filled = 0;
    this.ready = [];
  }
  process(inputs) {
    const input = inputs[0][0];
    for (let i = 0; i < 128; i++) {
      this.block[this.filled++] = input ? input[i] : 0;
      if (this.filled < this.block.length) continue;
      this.filled = 0;
      this.ready.push([Date.now(), ...this.tones.map((hz) => this.level(hz))]);
    }
    if (this.ready.length >= 5) this.port.postMessage(this.ready.splice(0));
    return true;
  }
  level(hz) {
    if (hz === 0) return Math.sqrt(this.block.reduce((sum, sample) => sum + sample * sample, 0) / this.block.length);
    const turn = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
    let last = 0, before = 0;
    for (const sample of this.block) {
      const value = sample + turn * last - before;
      before = last;
      last = value;
    }
    return (2 * Math.sqrt(Math.max(0, last * last + before * before - turn * last * before))) / this.block.length;
  }
});`;

/** Runs in the page. It is text, so that no tool rewrites it on its way there. */
const listener = `(tonesHz, worklet) => {
  const watch = { tones: tonesHz, blocks: [] };
  window.toneWatch = watch;
  addEventListener('DOMContentLoaded', async () => {
    const context = new AudioContext({ sampleRate: 48000 });
    const module = new Blob([worklet], { type: 'text/javascript' });
    await context.audioWorklet.addModule(URL.createObjectURL(module));
    const node = new AudioWorkletNode(context, 'tones', { processorOptions: { tonesHz } });
    node.port.onmessage = (message) => watch.blocks.push(...message.data);
    node.connect(context.destination);
    let current, source;
    setInterval(() => {
      const played = document.getElementById('remote-audio')?.srcObject;
      const stream = played instanceof MediaStream && played.getAudioTracks().length > 0 ? played : undefined;
      if (stream === current) return;
      source?.disconnect();
      current = stream;
      source = stream && context.createMediaStreamSource(stream);
      source?.connect(node);
    }, 10);
    await context.resume();
  });
}`;

/**
 * From the page's next load on, and after every reload, listens to what `#remote-audio` plays. A stream that appears or changes later is
 * taken up, so it may begin before the call.
 */
export async function listenFor(page: Page, tonesHz: readonly number[]): Promise<void> {
  await page.addInitScript({ content: `(${listener})(${JSON.stringify(tonesHz)}, ${JSON.stringify(WORKLET)});` });
}

/** What was heard of a tone since the page was loaded, between two moments. */
export async function heard(
  page: Page,
  toneHz: number,
  sinceMs = 0,
  untilMs = Number.MAX_SAFE_INTEGER,
): Promise<HeardTone> {
  const blocks = await page.evaluate((hz) => {
    const watch = (window as unknown as { toneWatch: { tones: number[]; blocks: Block[] } }).toneWatch;
    const at = watch.tones.indexOf(hz) + 1;
    return watch.blocks.map((block) => [block[0], block[at] ?? Number.NaN] as const);
  }, toneHz);
  return summed(blocks.filter(([atMs]) => atMs >= sinceMs && atMs <= untilMs));
}

/** The loudest that a tone was in the last second, 0–1. */
export async function loudness(page: Page, toneHz: number): Promise<number> {
  return page.evaluate((hz) => {
    const watch = (window as unknown as { toneWatch: { tones: number[]; blocks: Block[] } }).toneWatch;
    const at = watch.tones.indexOf(hz) + 1;
    const last = watch.blocks.slice(-100);
    return Math.max(0, ...last.map((block) => block[at] ?? Number.NaN));
  }, toneHz);
}

/** First moment, longest gap and length of the blocks that are loud enough. */
export function summed(blocks: readonly (readonly [atMs: number, level: number])[], least = HEARD_LEVEL): HeardTone {
  let firstAtMs: number | undefined;
  let gap = 0;
  let longest = 0;
  let loud = 0;
  for (const [atMs, level] of blocks) {
    if (level >= least) {
      firstAtMs ??= atMs;
      loud += 1;
      longest = Math.max(longest, gap);
      gap = 0;
    } else if (firstAtMs !== undefined) gap += 1;
  }
  return { firstAtMs, longestGapMs: longest * BLOCK_MS, heardMs: loud * BLOCK_MS };
}
