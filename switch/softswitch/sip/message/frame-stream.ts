import type { Malformed, SipMessage } from './message.ts';
import { faulty, malformed, type ParsedHead, type ParseLimits, parseHead, withBody } from './parse-message.ts';

/** What a stream carried: a message; a keep-alive to answer (RFC 5626 §4.4.1); or a fault after which the stream cannot be read on. */
export type StreamItem =
  | { readonly kind: 'message'; readonly message: SipMessage }
  | { readonly kind: 'ping' }
  | { readonly kind: 'broken'; readonly fault: Malformed };

const HEAD_END = Buffer.from('\r\n\r\n');
const CR = 13;
const LF = 10;

/**
 * Cuts a byte stream into messages (RFC 3261 §18.3). Each byte is copied once (amortised) and searched once, however the
 * stream is split. Holds at most one message's head and body.
 */
export class StreamFramer {
  readonly #limits: ParseLimits;
  #buffer: Buffer = Buffer.allocUnsafe(4096);
  #start = 0;
  #end = 0;
  #searchedTo = 0;
  #head: ParsedHead | undefined;
  #broken = false;

  constructor(limits: ParseLimits) {
    this.#limits = limits;
  }

  /** True while part of a message waits for the rest. */
  get partial(): boolean {
    return this.#head !== undefined || this.#end > this.#start;
  }

  /** Takes the next bytes; returns what is complete now. After `broken` it takes nothing more. */
  push(chunk: Buffer): StreamItem[] {
    const items: StreamItem[] = [];
    if (this.#broken) return items;
    this.#append(chunk);
    for (;;) {
      const item = this.#next();
      if (!item) return items;
      items.push(item);
      if (item.kind === 'broken') {
        this.#broken = true;
        return items;
      }
    }
  }

  #append(chunk: Buffer): void {
    if (this.#end + chunk.length > this.#buffer.length) {
      const held = this.#end - this.#start;
      const needed = held + chunk.length;
      // Moving what is held costs `held`; doing it only when the free front is at least as large keeps the sum linear.
      const roomy = needed <= this.#buffer.length && this.#start >= held;
      const target = roomy ? this.#buffer : Buffer.allocUnsafe(Math.max(needed * 2, 4096));
      this.#buffer.copy(target, 0, this.#start, this.#end);
      this.#buffer = target;
      this.#searchedTo -= this.#start;
      this.#end = held;
      this.#start = 0;
    }
    chunk.copy(this.#buffer, this.#end);
    this.#end += chunk.length;
  }

  #next(): StreamItem | undefined {
    if (!this.#head) {
      const lead = this.#skipLineEnds();
      if (lead) return lead;
      const headItem = this.#readHead();
      if (headItem || !this.#head) return headItem;
    }
    const length = this.#head.bodyBytes ?? 0;
    if (this.#end - this.#start < length) return undefined;
    const { message } = this.#head;
    const whole = length === 0 ? message : withBody(message, this.#copy(length));
    this.#consume(length);
    this.#head = undefined;
    return { kind: 'message', message: whole };
  }

  /** Leading CRLFs: two are a ping; one is skipped; an unfinished pair waits. */
  #skipLineEnds(): StreamItem | undefined {
    const at = (offset: number): number | undefined =>
      this.#start + offset < this.#end ? this.#buffer[this.#start + offset] : undefined;
    while (at(0) === CR && at(1) === LF) {
      if (at(2) === CR && at(3) === LF) {
        this.#consume(4);
        return { kind: 'ping' };
      }
      if (at(2) === undefined || (at(2) === CR && at(3) === undefined)) return undefined;
      this.#consume(2);
    }
    return undefined;
  }

  #readHead(): StreamItem | undefined {
    const from = Math.max(this.#start, this.#searchedTo - 3);
    const found = this.#buffer.subarray(0, this.#end).indexOf(HEAD_END, from);
    const headBytes = (found < 0 ? this.#end : found) - this.#start;
    if (headBytes > this.#limits.headerBytes) return broken(malformed(513, 'Message Too Large'));
    if (found < 0) {
      this.#searchedTo = this.#end;
      return undefined;
    }
    if (headBytes === 0) return undefined;
    const head = parseHead(this.#buffer, this.#start, found, this.#limits);
    if (head.kind === 'malformed') return broken(head);
    // A stream needs Content-Length (RFC 3261 §20.14); a message without one is taken to have no body.
    if ((head.bodyBytes ?? 0) > this.#limits.bodyBytes) return broken(faulty(head.message, 513, 'Message Too Large'));
    this.#consume(found + 4 - this.#start);
    this.#head = head;
    return undefined;
  }

  #copy(length: number): Buffer {
    return Buffer.from(this.#buffer.subarray(this.#start, this.#start + length));
  }

  #consume(count: number): void {
    this.#start += count;
    if (this.#start === this.#end) {
      this.#start = 0;
      this.#end = 0;
    }
    this.#searchedTo = this.#start;
  }
}

function broken(fault: Malformed): StreamItem {
  return { kind: 'broken', fault };
}
