import { expect, it } from 'vitest';
import { systemClock } from '../../../../config/clock.ts';
import { silentLogger } from '../../../../config/logger.ts';
import { LegBook } from '../leg-book.ts';
import { DEFAULT_LAYOUT, type SwitchLayout, type SwitchNode } from '../switch-node.ts';
import { startMusic } from './music.ts';

const LEG = '0a1b2c3d-0000-4000-8000-000000000001';

/** A switch that knows only some sounds; resolves with what was asked of it when one of them plays. */
async function asked(known: RegExp, layout: Partial<SwitchLayout>): Promise<string[]> {
  const names: string[] = [];
  const playing = new Promise<void>((resolve) => {
    const node = {
      legs: new LegBook(),
      layout: { ...DEFAULT_LAYOUT, ...layout },
      clock: systemClock,
      log: silentLogger,
      deadlineMs: 1_000,
      sender: { api: async () => ({ ok: true, text: 'true' }) },
      applications: {
        run(_sender: unknown, _legId: string, _application: string, name: string) {
          names.push(name);
          if (!known.test(name)) return { end: Promise.resolve({ kind: 'complete', response: 'FILE NOT FOUND' }) };
          resolve();
          return { end: new Promise(() => undefined), withdraw: () => undefined };
        },
      },
    };
    void startMusic(node as unknown as SwitchNode, LEG);
  });
  await playing;
  return names;
}

it('plays the switch\u2019s own source where there is one', async () => {
  expect(await asked(/./, { musicFile: '/prompts/music/{stream}.wav' })).toEqual(['local_stream://default']);
});

it('plays the file where the switch has no source, and a tone where there is no file either', async () => {
  const layout = { musicFile: '/prompts/music/{stream}.wav' };
  expect(await asked(/^\//, layout)).toEqual(['local_stream://default', '/prompts/music/default.wav']);
  expect((await asked(/^tone_stream/, layout)).at(-1)).toMatch(/^tone_stream:.*loops=-1$/);
  expect(await asked(/^tone_stream/, {})).toHaveLength(2);
});
