/** `part` of `whole`; undefined when there is nothing to share out, so that an empty interval is never shown as 0 %. */
export function shareOf(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}
