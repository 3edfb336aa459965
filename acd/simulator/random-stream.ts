/** Numbers in [0, 1), the same for the same seed and name. */
export type RandomStream = () => number;

/**
 * An own stream for each thing that is drawn (sfc32). Changing one part of a scenario leaves the draws of all others alone, so two runs differ
 * by what was changed and not by luck.
 */
export function randomStream(seed: number, name: string): RandomStream {
  let a = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) a = Math.imul(a ^ name.charCodeAt(index), 0x01000193) >>> 0;
  let b = seed >>> 0;
  let c = Math.floor(seed / 4_294_967_296) >>> 0;
  let count = 1;
  const next = () => {
    const sum = (a + b + count) >>> 0;
    count = (count + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + sum) >>> 0;
    return sum / 4_294_967_296;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
}
