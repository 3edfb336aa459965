/**
 * Share of calls that a group of `servers` without a queue would block. `offeredErlangs` = arrivals × handling time, above 0.
 * The recursion B(0)=1, B(k) = a·B(k−1)/(k + a·B(k−1)) stays between 0 and 1 where factorials overflow.
 */
export function erlangB(offeredErlangs: number, servers: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offeredErlangs * blocked) / (k + offeredErlangs * blocked);
  return blocked;
}
