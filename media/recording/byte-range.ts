/** Which bytes of a file an HTTP request wants. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  /** Answer 416. */
  | { readonly kind: 'unsatisfiable' };

/**
 * Understands one range of an HTTP `Range` header (RFC 9110, 14.2). Several ranges, other units, and nonsense are answered with the
 * whole file, as the RFC allows.
 * @returns `start` and `end` both inclusive
 */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return { kind: 'whole' };
  const [, first, last] = match;
  if (!first && !last) return { kind: 'whole' };
  if (!first) {
    const count = Math.min(Number(last), sizeBytes);
    return count === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', start: sizeBytes - count, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last ? Math.min(Number(last), sizeBytes - 1) : sizeBytes - 1;
  if (last && Number(last) < start) return { kind: 'whole' };
  return start >= sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}
