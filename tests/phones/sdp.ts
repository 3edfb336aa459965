/** Which way sound flows, seen from the writer. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface RemoteSound {
  readonly host: string;
  readonly port: number;
  readonly eventPayload: number;
  readonly direction: Direction;
}

/** An offer or answer of µ-law and telephone-events. */
export function writeSdp(port: number, version: number, direction: Direction): string {
  return [
    'v=0',
    `o=phone ${port} ${version} IN IP4 127.0.0.1`,
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 0 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    `a=${direction}`,
    '',
  ].join('\r\n');
}

export function readSdp(text: string): RemoteSound {
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(text)?.[1] as Direction | undefined;
  return {
    host: /^c=IN IP4 (\S+)/m.exec(text)?.[1] ?? '127.0.0.1',
    port: Number(/^m=audio (\d+)/m.exec(text)?.[1] ?? 0),
    eventPayload: Number(/^a=rtpmap:(\d+) telephone-event\/8000/m.exec(text)?.[1] ?? 101),
    direction: direction ?? 'sendrecv',
  };
}

const MIRROR: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** What an answer says to an offer of that direction (RFC 3264, 6.1). */
export function answerTo(direction: Direction): Direction {
  return MIRROR[direction];
}
