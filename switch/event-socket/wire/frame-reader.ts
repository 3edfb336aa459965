import { CodedError } from '../../../config/errors.ts';
import { DEFAULT_FRAME_LIMITS, type Frame, type FrameLimits } from './frame.ts';
import { eachHeaderLine } from './header-lines.ts';

const NEWLINE = 0x0a;
const HEADER_END = Buffer.from('\n\n');
const EMPTY = Buffer.alloc(0);

/**
 * Cuts a byte stream into frames, whatever the chunks. Lengths count bytes. Keeps at most one header block and one body.
 * After an error the stream can't be trusted any more: every further `push` throws the same again.
 */
export class FrameReader {
  readonly #limits: FrameLimits;
  #header: Buffer = EMPTY;
  /** Where the search for the header's end goes on: one byte before the new chunk, since the end may lie across both. */
  #searchFrom = 0;
  #headers: Map<string, string> | undefined;
  #bodyParts: Buffer[] = [];
  #bodyMissing = 0;
  #broken: CodedError | undefined;

  constructor(limits: FrameLimits = DEFAULT_FRAME_LIMITS) {
    this.#limits = limits;
  }

  /** Takes the next bytes and returns the frames they completed. Throws `switch.protocol`. */
  push(chunk: Buffer): Frame[] {
    if (this.#broken) throw this.#broken;
    const frames: Frame[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      rest = this.#headers ? this.#takeBody(rest, frames) : this.#takeHeader(rest, frames);
    }
    return frames;
  }

  #takeHeader(chunk: Buffer, frames: Frame[]): Buffer {
    let bytes = chunk;
    if (this.#header.length === 0) {
      let start = 0;
      while (start < bytes.length && bytes[start] === NEWLINE) start++;
      bytes = bytes.subarray(start);
    } else {
      bytes = Buffer.concat([this.#header, chunk]);
    }
    const end = bytes.indexOf(HEADER_END, this.#searchFrom);
    const headerLength = end === -1 ? bytes.length : end;
    if (headerLength > this.#limits.maxHeaderBytes) throw this.#fail('header-too-long', headerLength);
    if (end === -1) {
      // Copied, so that a small rest does not keep the whole chunk it came in.
      this.#header = Buffer.from(bytes);
      this.#searchFrom = Math.max(0, bytes.length - 1);
      return EMPTY;
    }
    this.#header = EMPTY;
    this.#searchFrom = 0;
    const headers = new Map<string, string>();
    eachHeaderLine(bytes.toString('utf8', 0, end), (name, value) => {
      const key = name.toLowerCase();
      if (!headers.has(key)) headers.set(key, value);
    });
    if (!headers.has('content-type')) throw this.#fail('no-content-type', headerLength);
    const length = this.#bodyLength(headers.get('content-length'));
    const rest = bytes.subarray(end + HEADER_END.length);
    if (length === 0) {
      frames.push(toFrame(headers, undefined));
    } else {
      this.#headers = headers;
      this.#bodyMissing = length;
    }
    return rest;
  }

  #takeBody(chunk: Buffer, frames: Frame[]): Buffer {
    const part = chunk.subarray(0, this.#bodyMissing);
    this.#bodyMissing -= part.length;
    this.#bodyParts.push(part);
    if (this.#bodyMissing > 0) return EMPTY;
    const body = this.#bodyParts.length === 1 ? part : Buffer.concat(this.#bodyParts);
    frames.push(toFrame(this.#headers ?? new Map(), body));
    this.#headers = undefined;
    this.#bodyParts = [];
    return chunk.subarray(part.length);
  }

  #bodyLength(text: string | undefined): number {
    if (text === undefined) return 0;
    if (!/^\d{1,10}$/.test(text.trim())) throw this.#fail('bad-content-length', text.length);
    const length = Number(text);
    if (length > this.#limits.maxBodyBytes) throw this.#fail('body-too-long', length);
    return length;
  }

  #fail(reason: string, size: number): CodedError {
    this.#header = EMPTY;
    this.#bodyParts = [];
    this.#broken = new CodedError('switch.protocol', { reason, size });
    return this.#broken;
  }
}

function toFrame(headers: Map<string, string>, body: Buffer | undefined): Frame {
  return { contentType: headers.get('content-type') ?? '', headers, body };
}
