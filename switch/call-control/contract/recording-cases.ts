import { expect } from 'vitest';
import { RIG_TONES } from './rig.ts';
import { contractCase, type Scene } from './scene.ts';

const RATE = 8000;

/** Loudness of a tone in a stretch of a recording: the mean of windows of 100 ms, so that a slipped packet does not count. */
function level(samples: Int16Array, hz: number, fromMs: number, toMs: number): number {
  const levels: number[] = [];
  for (let atMs = fromMs; atMs + 100 <= toMs; atMs += 100) {
    const part = samples.subarray((atMs * RATE) / 1000, ((atMs + 100) * RATE) / 1000);
    let [re, im] = [0, 0];
    part.forEach((sample, at) => {
      re += sample * Math.cos((2 * Math.PI * hz * at) / RATE);
      im += sample * Math.sin((2 * Math.PI * hz * at) / RATE);
    });
    if (part.length > 0) levels.push((2 * Math.hypot(re, im)) / part.length / 32_768);
  }
  return levels.length === 0 ? 0 : levels.reduce((sum, one) => sum + one, 0) / levels.length;
}

/** Waits until so much has been recorded; shows that the file grows while it is written. */
async function untilRecorded(scene: Scene, path: string, ms: number): Promise<{ left: Int16Array; right: Int16Array }> {
  const endMs = Date.now() + scene.rig.patienceMs + ms;
  for (;;) {
    const sound = await scene.rig.readRecording(path);
    if (sound.left.length >= (ms * RATE) / 1000) return sound;
    if (Date.now() > endMs) expect.fail(`only ${sound.left.length} samples were recorded`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const lengthMs = (samples: Int16Array): number => (samples.length * 1000) / RATE;

export const recordingCases = [
  contractCase('a recording has each party on its own side and grows as they speak', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    const path = rig.recordingPath();
    expect(path).toContain(' ');
    expect(await control.startRecording(caller.legId, path)).toEqual({ kind: 'done' });
    const started = await scene.until('recording-started', (event) => event.legId === caller.legId);
    expect(started.path).toBe(path);
    // Less than the 64 KiB in which a buffered file would appear.
    const { left, right } = await untilRecorded(scene, path, 1500);
    expect(left.length).toBeLessThan(16_000);
    expect(level(left, RIG_TONES.caller, 500, 1500)).toBeGreaterThan(0.1);
    expect(level(left, RIG_TONES.agent, 500, 1500)).toBeLessThan(0.01);
    expect(level(right, RIG_TONES.agent, 500, 1500)).toBeGreaterThan(0.1);
    expect(level(right, RIG_TONES.caller, 500, 1500)).toBeLessThan(0.01);
    expect(await control.stopRecording(caller.legId, path)).toEqual({ kind: 'done' });
    await scene.until('recording-stopped', (event) => event.legId === caller.legId && event.path === path);
    expect(await control.stopRecording(caller.legId, path)).toEqual({ kind: 'done' });
  }),

  contractCase('a paused recording is silent, and its time goes on', async (scene) => {
    const { control, rig } = scene;
    const { caller, agent } = await scene.talking();
    await caller.call.untilHears(RIG_TONES.agent, rig.patienceMs);
    await agent.call.untilHears(RIG_TONES.caller, rig.patienceMs);
    const path = rig.recordingPath();
    await control.startRecording(caller.legId, path);
    const pausedMs = lengthMs((await untilRecorded(scene, path, 800)).left);
    expect(await control.pauseRecording(caller.legId, path)).toEqual({ kind: 'done' });
    const resumedMs = lengthMs((await untilRecorded(scene, path, pausedMs + 1200)).left);
    expect(await control.resumeRecording(caller.legId, path)).toEqual({ kind: 'done' });
    const { left, right } = await untilRecorded(scene, path, resumedMs + 1000);
    for (const [side, hz] of [
      [left, RIG_TONES.caller],
      [right, RIG_TONES.agent],
    ] as const) {
      expect(level(side, hz, 300, pausedMs - 100)).toBeGreaterThan(0.1);
      expect(level(side, hz, pausedMs + 300, resumedMs - 100)).toBeLessThan(0.001);
      expect(level(side, hz, resumedMs + 400, lengthMs(side) - 50)).toBeGreaterThan(0.1);
    }
    await control.stopRecording(caller.legId, path);
  }),

  contractCase('a recording ends with its leg', async (scene) => {
    const { control, rig } = scene;
    const { caller } = await scene.talking();
    const path = rig.recordingPath();
    await control.startRecording(caller.legId, path);
    await untilRecorded(scene, path, 300);
    await caller.call.hangUp();
    await scene.until('recording-stopped', (event) => event.legId === caller.legId);
    await scene.expectHungUp(caller.legId, 'normal');
  }),
];
