/** Sequence number and method (RFC 3261 §20.16). */
export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** Parses CSeq; undefined when malformed or not below 2^32. */
export function parseCSeq(text: string | undefined): CSeq | undefined {
  const found = text === undefined ? null : /^(\d{1,20})\s+([!%'*+\-.0-9A-Z_`a-z~]+)$/.exec(text);
  if (!found) return undefined;
  const number = Number(found[1]);
  return number < 2 ** 32 ? { number, method: found[2]! } : undefined;
}
