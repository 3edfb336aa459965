import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerDirection, mediaKindOf, readSdp, writeSdp } from './sdp.ts';

const OFFER = [
  'v=0',
  'o=phone 1 1 IN IP4 192.0.2.5',
  's=-',
  'c=IN IP4 192.0.2.5',
  't=0 0',
  'm=video 4002 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'm=audio 4000 RTP/AVP 9 8 0 101',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=rtpmap:102 telephone-event/48000',
  'a=ptime:30',
  'a=sendonly',
  '',
].join('\r\n');

function audioOf(sdp: string) {
  const read = readSdp(sdp);
  if (read.kind === 'refused') throw new Error(read.detail);
  return read.audio;
}

describe('descriptions', () => {
  it('are read as far as they matter', () => {
    expect(audioOf(OFFER)).toMatchObject({
      line: 1,
      host: '192.0.2.5',
      port: 4000,
      rtcpPort: 4001,
      rtcpMux: false,
      direction: 'sendonly',
      laws: ['PCMA', 'PCMU'],
      eventPayloadType: 101,
    });
    expect(mediaKindOf(OFFER)).toBe('rtp');
  });

  it('take the old way to hold for inactive', () => {
    expect(
      audioOf(OFFER.replace('c=IN IP4 192.0.2.5', 'c=IN IP4 0.0.0.0').replace('a=sendonly\r\n', '')).direction,
    ).toBe('inactive');
  });

  it.each([
    ['no audio', 'no-audio', OFFER.replace('m=audio 4000', 'm=audio 0')],
    ['no G.711', 'no-common-codec', OFFER.replace('9 8 0 101', '9 101')],
    ['SDES encryption', 'encryption-mismatch', OFFER.replace('m=audio 4000 RTP/AVP', 'm=audio 4000 RTP/SAVP')],
    ['a host name', 'invalid-sdp', OFFER.replace('c=IN IP4 192.0.2.5', 'c=IN IP4 phone.example')],
    ['an IPv6 address', 'invalid-sdp', OFFER.replace('c=IN IP4 192.0.2.5', 'c=IN IP6 2001:db8::1')],
    ['a port that is none', 'invalid-sdp', OFFER.replace('m=audio 4000', 'm=audio 70000')],
    ['nonsense', 'invalid-sdp', 'hello'],
    ['too much', 'invalid-sdp', OFFER + 'a=x\r\n'.repeat(5000)],
  ])('with %s are refused with a reason', (_name, reason, sdp) => {
    expect(readSdp(sdp)).toMatchObject({ kind: 'refused', reason });
  });

  it('with a codec that looks like a number are read like any other', () => {
    expect(readSdp(OFFER.replace('a=rtpmap:101 telephone-event/8000', 'a=rtpmap:101 5/8000')).kind).toBe('audio');
  });

  it('never throw, whatever is cut or replaced in them', () => {
    fc.assert(
      fc.property(fc.nat(OFFER.length), fc.nat(40), fc.string({ maxLength: 30 }), (at, length, noise) => {
        const read = readSdp(OFFER.slice(0, at) + noise + OFFER.slice(at + length));
        if (read.kind === 'audio') expect(read.audio.laws.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('are answered line by line, and the answer can be read', () => {
    const answer = writeSdp(
      {
        sessionId: 5,
        version: 2,
        host: '192.0.2.9',
        port: 16_384,
        protocol: 'RTP/AVP',
        direction: 'recvonly',
        laws: ['PCMA'],
        eventPayloadType: 101,
        rtcpMux: false,
      },
      audioOf(OFFER),
    );
    expect(answer.match(/^m=.*$/gm)).toEqual(['m=video 0 RTP/AVP 96', 'm=audio 16384 RTP/AVP 8 101']);
    expect(audioOf(answer)).toMatchObject({
      line: 1,
      host: '192.0.2.9',
      port: 16_384,
      direction: 'recvonly',
      laws: ['PCMA'],
    });
  });

  it('answer directions as RFC 3264 has it', () => {
    const table = (['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const).map((peer) =>
      answerDirection(peer, 'sendrecv'),
    );
    expect(table).toEqual(['sendrecv', 'recvonly', 'sendonly', 'inactive']);
    expect(answerDirection('sendrecv', 'sendonly')).toBe('sendonly');
    expect(answerDirection('sendonly', 'sendonly')).toBe('inactive');
  });
});
