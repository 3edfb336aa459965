/**
 * The media part of a leg, as the switch core sees it. The core speaks SIP and keeps the state of calls; this side owns sockets,
 * codecs, timing and files. Nothing here knows what a call is.
 *
 * All methods are safe on a closed leg: they do nothing, or answer with an outcome that says so.
 */

/** How the sound of a leg travels: RTP over UDP as phones and trunks do it, or ICE and DTLS-SRTP as browsers do it. */
export const MEDIA_KINDS = ['rtp', 'webrtc'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** RFC 8866 direction of a media line, from the view of whoever wrote the description. */
export const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The G.711 law that a leg speaks. */
export const LAWS = ['PCMU', 'PCMA'] as const;
export type Law = (typeof LAWS)[number];

/** Why a description cannot be used. The core answers 488 (or 400 for `invalid-sdp`). */
export const SDP_REFUSALS = ['invalid-sdp', 'no-audio', 'no-common-codec', 'encryption-mismatch', 'closed'] as const;
export type SdpRefusal = (typeof SDP_REFUSALS)[number];

export interface SdpRefused {
  readonly kind: 'refused';
  readonly reason: SdpRefusal;
  /** What exactly, in English, for the log; at most 200 characters. */
  readonly detail: string;
}

/** What was agreed with the peer. */
export interface Negotiated {
  readonly law: Law;
  /** The peer takes and sends RFC 4733 events. */
  readonly telephoneEvent: boolean;
  /** The direction the peer wrote. `sendonly` and `inactive` mean that the peer holds us. */
  readonly peerDirection: Direction;
  readonly heldByPeer: boolean;
}

export type AnswerOutcome =
  | { readonly kind: 'answer'; readonly sdp: string; readonly negotiated: Negotiated }
  | SdpRefused;
export type AcceptOutcome = { readonly kind: 'accepted'; readonly negotiated: Negotiated } | SdpRefused;

/** Counted since the leg was made. */
export interface LegStatistics {
  readonly packetsReceived: number;
  readonly packetsSent: number;
  /** RFC 3550 A.3: expected minus received, never below 0. */
  readonly packetsLost: number;
  /** Packets that were no RTP, of another payload type, or from an address that is not the peer's. */
  readonly packetsDiscarded: number;
  /** RFC 3550 A.8 interarrival jitter, ms. */
  readonly jitterMs: number;
  /** Milliseconds since 1970, or undefined when nothing came yet. */
  readonly lastPacketAtMs: number | undefined;
}

/** `done`: played to the end. `stopped`: by `stop()`, another `play` or the end of the leg. `missing`: no such file, or not readable as sound. */
export type PlaybackEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'missing'; readonly sound: string };

export interface LegPlayback {
  readonly outcome: Promise<PlaybackEnd>;
  /** How much was sent so far, ms. */
  readonly playedMs: number;
  /** Idempotent. */
  stop(): void;
}

/** Why the transport of a leg died although nobody closed it. */
export const MEDIA_FAILURES = ['ice-failed', 'dtls-failed', 'socket-error'] as const;
export type MediaFailure = (typeof MEDIA_FAILURES)[number];

/** The media part of one leg. Made by {@link MediaHost}. */
export interface LegMedia {
  readonly kind: MediaKind;
  /** The RTP port that was bound, or 0 for WebRTC. */
  readonly localPort: number;
  readonly closed: boolean;
  /** Undefined until a description of the peer was taken. */
  readonly negotiated: Negotiated | undefined;
  /** True while sound can flow: for RTP once the peer's description is known, for WebRTC once ICE and DTLS are up. */
  readonly ready: boolean;

  /** Takes the peer's offer (the first one or a re-offer) and gives the answer. A refusal leaves everything as it was. */
  acceptOffer(sdp: string): Promise<AnswerOutcome>;
  /** Our offer, for a new leg or a re-offer; `direction` defaults to `sendrecv`. The version in `o=` rises by one when it differs. Empty when the leg is closed or no candidate could be gathered. */
  createOffer(options?: { readonly direction?: Direction }): Promise<string>;
  /** Takes the peer's answer to our last offer. A later answer to the same offer (183, then 200) is taken too. */
  acceptAnswer(sdp: string): Promise<AcceptOutcome>;

  /**
   * Plays the sounds in order, over whatever the leg would hear otherwise; a running playback is stopped by it. A sound is a path of a
   * WAV file, `tone_stream://…`, `silence_stream://ms` or `local_stream://name` (endless). `loop` starts over until stopped.
   */
  play(sounds: readonly string[], options?: { readonly loop?: boolean }): LegPlayback;
  /** Stops what {@link play} plays. Nothing playing is fine. */
  stopPlayback(): void;
  /** Music until {@link stopMusic}, or until the leg is bridged, put into a conference or on supervision; nothing while it is. Unknown streams give the default. */
  startMusic(stream?: string): void;
  stopMusic(): void;

  /** Sends RFC 4733 events (tones in the sound when the peer has no telephone-event): `0-9 * # A-D`, others are left out; at most 64. */
  sendDigits(digits: string, options?: { readonly durationMs?: number }): void;
  /** Hears each press once, when it begins to be certain which digit it is; `durationMs` is what is known by then. */
  onDigit(listener: (digit: string, durationMs: number) => void): () => void;
  /** A digit that came another way (SIP INFO) is given to the same listeners. */
  injectDigit(digit: string, durationMs: number): void;

  /** Hears once per silence that nothing came for `seconds` (1 to 86,400); not while the peer holds us. One watch per leg; 0 ends it. */
  onTimeout(seconds: number, listener: () => void): () => void;
  onFailure(listener: (failure: MediaFailure) => void): () => void;

  /** `in`: what the peer says is heard and recorded by nobody. `out`: the peer hears nothing. */
  mute(side: 'in' | 'out', muted: boolean): void;
  readonly mutedIn: boolean;
  readonly mutedOut: boolean;

  statistics(): LegStatistics;
  /** Ends bridge, playback, recordings, supervision and membership, then the sockets. Idempotent. */
  close(): Promise<void>;
}

/** Why a recording ended. */
export const RECORDING_ENDS = ['stopped', 'leg-closed', 'disk-full', 'write-failed', 'limit'] as const;
export type RecordingEnd = (typeof RECORDING_ENDS)[number];

/** A stereo WAV being written (8 kHz, 16 bit): the leg on the left, whoever it talks to on the right. */
export interface LegRecording {
  readonly path: string;
  /** Wall-clock length so far, ms. */
  readonly durationMs: number;
  readonly paused: boolean;
  /** Settles once, when the header is correct and the file is closed (or could not be written any more). */
  readonly ended: Promise<{ readonly reason: RecordingEnd; readonly durationMs: number }>;
  /** Writes silence; the time axis stays whole. */
  pause(): void;
  resume(): void;
  stop(): void;
}

export type RecordOutcome =
  | { readonly kind: 'recording'; readonly recording: LegRecording }
  /** The folder is not there or not writable, or the file is being recorded already. */
  | {
      readonly kind: 'failed';
      readonly reason: 'not-writable' | 'already' | 'too-many' | 'closed';
      readonly detail: string;
    };

/** What a supervisor's leg does on a conversation: hears both; is heard by the watched leg only; is heard by both. */
export const SUPERVISION_SOUNDS = ['listen', 'whisper', 'barge'] as const;
export type SupervisionSound = (typeof SUPERVISION_SOUNDS)[number];

/** Ends by itself when either leg closes. */
export interface LegSupervision {
  readonly mode: SupervisionSound;
  setMode(mode: SupervisionSound): void;
  /** Idempotent. */
  stop(): void;
  readonly ended: Promise<void>;
}

/** A room of any number of legs, each of which hears all others. */
export interface LegConference {
  readonly members: readonly LegMedia[];
  /** Takes the leg out of a bridge or another room first. */
  join(leg: LegMedia): void;
  leave(leg: LegMedia): void;
  /** Not heard by the others, still hears them. */
  muteMember(leg: LegMedia, muted: boolean): void;
  /** Idempotent. */
  close(): void;
}

export interface MediaHostOptions {
  /** The address to bind and to write into descriptions, IPv4, e.g. `127.0.0.1`. */
  readonly host: string;
  /** What descriptions say instead of `host`, e.g. a public address in front of NAT. */
  readonly advertisedHost?: string;
  /** First and last UDP port for RTP, even start; default 16384 to 32767. RTP takes the even one, RTCP the odd one above. */
  readonly rtpPorts?: readonly [number, number];
  /** Legs at once; default 2,000. */
  readonly maxLegs?: number;
  /** Recordings at once; default 1,000. */
  readonly maxRecordings?: number;
  /** Longest recording, ms; default 12 hours. */
  readonly maxRecordingMs?: number;
  /** Folder with one folder (or one `.wav`) per music stream; the stream `default` is a soft chord if nothing is there. */
  readonly musicDir?: string;
  /** Relative sound paths are looked up here. Without it they are relative to the working folder. */
  readonly soundsDir?: string;
}

export type CreateLegOutcome =
  | { readonly kind: 'leg'; readonly leg: LegMedia }
  /** The core answers 503. */
  | { readonly kind: 'full'; readonly detail: string };

/** Makes legs and joins them. One per process; it holds the one clock that all sound runs on. */
export interface MediaHost {
  readonly legCount: number;
  /** Binds sockets (RTP) or prepares a peer connection (WebRTC). */
  createLeg(kind: MediaKind): Promise<CreateLegOutcome>;
  /** Joins two legs; takes either out of the bridge, room or supervision it was in, and ends its music. Joining joined ones changes nothing. */
  bridge(a: LegMedia, b: LegMedia): void;
  /** Takes the leg out of its bridge and gives back who was on the other side. */
  unbridge(leg: LegMedia): LegMedia | undefined;
  partnerOf(leg: LegMedia): LegMedia | undefined;
  /** The partner of `leg` hears music and `leg` hears nothing, and is not recorded, until `unhold` or the end of the bridge. */
  hold(leg: LegMedia, stream?: string): void;
  unhold(leg: LegMedia): void;
  isHeld(leg: LegMedia): boolean;
  /** The right side is the leg's partner of the moment; silence while there is none. The file is made at once. */
  record(leg: LegMedia, path: string): RecordOutcome;
  /** The supervisor's leg leaves its bridge or room first. */
  supervise(supervisor: LegMedia, watched: LegMedia, mode: SupervisionSound): LegSupervision;
  createConference(): LegConference;
  /** Closes every leg and ends every recording properly. Idempotent. */
  close(): Promise<void>;
}
