import type { Headers } from './headers.ts';

/** Methods that we serve; `Allow` lists them. */
export const SERVED_METHODS = [
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'INFO',
  'UPDATE',
  'REFER',
  'NOTIFY',
  'REGISTER',
] as const;

/** Methods that we know and don't serve: 405 instead of 501 (RFC 3261 §8.2.1). */
export const REFUSED_METHODS: readonly string[] = ['MESSAGE', 'SUBSCRIBE', 'PUBLISH', 'PRACK'];

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

export type SipMessage = SipRequest | SipResponse;

export const EMPTY_BODY: Buffer = Buffer.alloc(0);

/** A message that is wrong. `request` is there when enough could be read to answer it with `status`. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly status: number;
  readonly reason: string;
  readonly request?: SipRequest;
}
