import type { SipLimits, SipTimes } from './stack.ts';

/** Limits unless the owner says otherwise: hundreds of calls and phones. */
export const DEFAULT_SIP_LIMITS: SipLimits = {
  messageBytes: 65_536,
  headerBytes: 24_576,
  headerCount: 128,
  bodyBytes: 40_960,
  sdpBytes: 32_768,
  serverTransactions: 10_000,
  pendingInvitesPerSource: 500,
  connections: 2_000,
  connectionsPerSource: 500,
  connectionIdleMs: 120_000,
  nonces: 10_000,
  nonceLifeMs: 300_000,
  users: 5_000,
  bindingsPerUser: 5,
  minExpiresSec: 30,
  maxExpiresSec: 3_600,
  failedDigests: 20,
  failedDigestWindowMs: 60_000,
  calls: 2_000,
};

/** RFC 3261 table 4. */
export const DEFAULT_SIP_TIMES: SipTimes = { t1Ms: 500, t2Ms: 4_000, t4Ms: 5_000 };
