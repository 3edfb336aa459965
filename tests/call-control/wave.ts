/** A mono WAV, 8 kHz 16 bit, with one tone at a quarter of full scale. */
export function toneWave(hz: number, durationMs: number): Buffer {
  const samples = Math.round(durationMs * 8);
  const wave = Buffer.alloc(44 + samples * 2);
  wave.write('RIFF', 0);
  wave.writeUInt32LE(36 + samples * 2, 4);
  wave.write('WAVEfmt ', 8);
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(8000, 24);
  wave.writeUInt32LE(16_000, 28);
  wave.writeUInt16LE(2, 32);
  wave.writeUInt16LE(16, 34);
  wave.write('data', 36);
  wave.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    wave.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hz * i) / 8000)), 44 + i * 2);
  }
  return wave;
}

/** The sides of a stereo WAV that may still grow: its sizes are not looked at, its format is. */
export function stereoSides(wave: Buffer): { left: Int16Array; right: Int16Array } {
  const data = wave.indexOf('data');
  if (data === -1) return { left: new Int16Array(0), right: new Int16Array(0) };
  const format = wave.indexOf('fmt ');
  const [channels, rate, bits] = [
    wave.readUInt16LE(format + 10),
    wave.readUInt32LE(format + 12),
    wave.readUInt16LE(format + 22),
  ];
  if (channels !== 2 || rate !== 8000 || bits !== 16)
    throw new Error(`recorded as ${channels} × ${rate} Hz, ${bits} bit`);
  const frames = Math.floor((wave.length - data - 8) / 4);
  const [left, right] = [new Int16Array(frames), new Int16Array(frames)];
  for (let i = 0; i < frames; i++) {
    left[i] = wave.readInt16LE(data + 8 + i * 4);
    right[i] = wave.readInt16LE(data + 8 + i * 4 + 2);
  }
  return { left, right };
}
