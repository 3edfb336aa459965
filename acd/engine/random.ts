/** Next state of the generator (mulberry32). The state is the seed and is kept in snapshots. */
export function nextRandom(state: number): number {
  return (state + 0x6d2b79f5) >>> 0;
}

/** A well mixed number in [0, 1) of a generator state and a number of the thing that takes part in the draw. */
export function drawOf(state: number, member: number): number {
  let mixed = (state ^ Math.imul(member + 1, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
