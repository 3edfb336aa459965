import type { PhoneCredentials } from '../../../acd/api/contract/index.ts';

/** What the phone uses of a JsSIP session, so that tests can stand in for it. */
export interface SipSession {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing' | string;
  readonly connection: RTCPeerConnection | undefined;
  answer(options: SipMediaOptions): void;
  terminate(options?: { status_code?: number }): void;
  mute(what: { audio: boolean }): void;
  unmute(what: { audio: boolean }): void;
  sendDTMF(tones: string, options: { transportType: 'RFC2833' | 'INFO' }): void;
  isEnded(): boolean;
  on(event: string, listener: (event: never) => void): unknown;
}

export interface SipMediaOptions {
  readonly mediaStream: MediaStream;
  readonly pcConfig: RTCConfiguration;
}

export interface SipRequest {
  getHeader(name: string): string | undefined;
}

/** What the phone uses of a JsSIP user agent. */
export interface SipUserAgent {
  start(): void;
  stop(): void;
  register(): void;
  isRegistered(): boolean;
  call(target: string, options: SipMediaOptions): SipSession;
  on(event: string, listener: (event: never) => void): unknown;
}

/** One connection to the switch with its user agent. */
export interface SipLine {
  readonly userAgent: SipUserAgent;
  /** Closes the WebSocket first and then the user agent, so that no BYE leaves: the switch keeps the call for the next line. */
  drop(): void;
}

export interface OpenLineOptions {
  readonly register: boolean;
}
export type OpenLine = (credentials: PhoneCredentials, options: OpenLineOptions) => Promise<SipLine>;

/** Headers by which the server says what a call is. */
export const CONTACT_HEADER = 'X-Tandem-Contact';
export const REATTACH_HEADER = 'X-Tandem-Reattach';
export const SUPERVISE_HEADER = 'X-Tandem-Supervise';
