import { CodedError } from '../../../config/errors.ts';
import type { Frame } from './frame.ts';
import { decodeValue, eachHeaderLine } from './header-lines.ts';

/** An event of the switch, the same whether it came plain or as JSON. */
export class SwitchEvent {
  /** `CHANNEL_ANSWER`, or `CUSTOM`; empty when the switch named none. */
  readonly name: string;
  readonly #headers: Readonly<Record<string, unknown>>;

  constructor(headers: Readonly<Record<string, unknown>>) {
    this.#headers = headers;
    this.name = this.get('Event-Name') ?? '';
  }

  /** A header's decoded value; of a list the first entry. */
  get(header: string): string | undefined {
    if (!Object.hasOwn(this.#headers, header)) return undefined;
    const value = this.#headers[header];
    if (typeof value === 'string') return value;
    if (Array.isArray(value)) return typeof value[0] === 'string' ? value[0] : undefined;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  }

  /** A channel variable that came with the event. */
  variable(name: string): string | undefined {
    return this.get(`variable_${name}`);
  }

  /** The leg it is about. */
  get legId(): string | undefined {
    return this.get('Unique-ID');
  }

  /** The event's own body, e.g. the result in a `BACKGROUND_JOB`. */
  get body(): string | undefined {
    return this.get('_body');
  }

  /** The switch's time in milliseconds since 1970; `fallbackMs` when it sent none. */
  atMs(fallbackMs: number): number {
    const micros = Number(this.get('Event-Date-Timestamp'));
    return Number.isFinite(micros) && micros > 0 ? Math.floor(micros / 1000) : fallbackMs;
  }
}

/** Reads a `text/event-json` body. Throws `switch.protocol`. */
export function parseJsonEvent(body: Buffer): SwitchEvent {
  return new SwitchEvent(parseJsonHeaders(body.toString('utf8')));
}

/** Reads the JSON object that events and `uuid_dump … json` consist of. Throws `switch.protocol`. */
export function parseJsonHeaders(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CodedError('switch.protocol', { reason: 'bad-json', size: text.length }, cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CodedError('switch.protocol', { reason: 'bad-json', size: text.length });
  }
  return value as Record<string, unknown>;
}

/** Reads a `text/event-plain` body: percent-encoded headers and, if those announce one, an inner body. */
export function parsePlainEvent(body: Buffer): SwitchEvent {
  const end = body.indexOf('\n\n');
  const headers: Record<string, unknown> = Object.create(null);
  eachHeaderLine(body.toString('utf8', 0, end === -1 ? body.length : end), (name, raw) => {
    if (headers[name] === undefined) headers[name] = decodeList(decodeValue(raw));
  });
  const length = Number(headers['Content-Length']);
  if (end !== -1 && Number.isInteger(length) && length > 0) {
    headers._body = body.toString('utf8', end + 2, end + 2 + length);
  }
  return new SwitchEvent(headers);
}

/** Lists are written `ARRAY::one|:two` in plain events. */
function decodeList(value: string): string | string[] {
  return value.startsWith('ARRAY::') ? value.slice(7).split('|:') : value;
}

/** The event in a frame, or undefined when the frame is no event. Throws `switch.protocol`. */
export function eventOf(frame: Frame): SwitchEvent | undefined {
  if (frame.contentType === 'text/event-json') return parseJsonEvent(frame.body ?? Buffer.alloc(0));
  if (frame.contentType === 'text/event-plain') return parsePlainEvent(frame.body ?? Buffer.alloc(0));
  return undefined;
}
