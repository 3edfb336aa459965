/** The sounds that an agent can choose, made by the page itself. Each note: start and length in s, pitch in Hz, loudness 0–1. */
interface Note {
  readonly at: number;
  readonly for: number;
  readonly hz: number;
  readonly gain: number;
}
const bell = (at: number, hz: number): Note => ({ at, for: 0.9, hz, gain: 0.22 });
export const RING_SOUNDS = {
  classic: {
    everyS: 3,
    shape: 'sine' as const,
    notes: [0, 0.5].flatMap((at) => [440, 480].map((hz) => ({ at, for: 0.38, hz, gain: 0.14 }))),
  },
  chime: { everyS: 2.6, shape: 'sine' as const, notes: [bell(0, 659), bell(0.22, 784), bell(0.44, 988)] },
  pulse: {
    everyS: 2,
    shape: 'triangle' as const,
    notes: [0, 0.16, 0.32].map((at) => ({ at, for: 0.1, hz: 880, gain: 0.2 })),
  },
  soft: { everyS: 3.2, shape: 'sine' as const, notes: [bell(0, 392), bell(0.6, 523)] },
} satisfies Record<string, { everyS: number; shape: OscillatorType; notes: readonly Note[] }>;
export type RingSound = keyof typeof RING_SOUNDS;
export const isRingSound = (value: unknown): value is RingSound => typeof value === 'string' && value in RING_SOUNDS;

let shared: AudioContext | undefined;
/** The page's one audio context; browsers let it sound only after the user touched the page. */
export function audioContext(): AudioContext {
  if (!shared) {
    shared = new AudioContext();
    const wake = () => void shared?.resume().catch(() => {});
    addEventListener('pointerdown', wake);
    addEventListener('keydown', wake);
  }
  if (shared.state === 'suspended') void shared.resume().catch(() => {});
  return shared;
}

/** Rings until the returned function is called. `times` limits it, for a test of the sound. */
export function ring(sound: RingSound, times = Number.POSITIVE_INFINITY): () => void {
  const context = audioContext();
  const { everyS, shape, notes } = RING_SOUNDS[sound];
  const out = context.createGain();
  out.connect(context.destination);
  let played = 0;
  const play = () => {
    if (played >= times) return;
    played += 1;
    for (const note of notes) {
      const tone = context.createOscillator();
      const gain = context.createGain();
      const start = context.currentTime + 0.03 + note.at;
      tone.type = shape;
      tone.frequency.value = note.hz;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(note.gain, start + 0.015);
      gain.gain.exponentialRampToValueAtTime(0.001, start + note.for);
      tone.connect(gain).connect(out);
      tone.start(start);
      tone.stop(start + note.for + 0.02);
    }
  };
  play();
  const timer = setInterval(play, everyS * 1000);
  return () => {
    clearInterval(timer);
    out.disconnect();
  };
}
