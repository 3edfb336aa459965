/** One message of the event socket: a block of headers and, when they announce one, a body of exactly that many bytes. */
export interface Frame {
  readonly contentType: string;
  /** Names in lower case. Values as they were sent. Of a name that comes twice the first value counts. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer | undefined;
}

/** How much a peer may send before it is taken for broken. */
export interface FrameLimits {
  /** Bytes of one header block. */
  readonly maxHeaderBytes: number;
  /** Bytes of one body. `show channels` with 5,000 calls is about 5 MB. */
  readonly maxBodyBytes: number;
}

export const DEFAULT_FRAME_LIMITS: FrameLimits = { maxHeaderBytes: 65_536, maxBodyBytes: 33_554_432 };
