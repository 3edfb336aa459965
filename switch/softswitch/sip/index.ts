/**
 * The SIP room of the embedded switch: messages, transports, transactions, dialogs, registrar. Media is not its business.
 *
 * | folder | what | RFC |
 * |---|---|---|
 * | `message/` | parser, serialiser, stream framing | 3261 §7, §18.3, §19, §20, §25; cases of 4475 |
 * | `transport/` | UDP, TCP, WebSocket; keep-alives, idle connections | 3261 §18, 3581, 5626 §4.4.1, 7118 |
 * | `transaction/` | the four machines and their timers | 3261 §17, 6026 |
 * | `dialog/` | calls: offers, INFO, REFER, BYE, session timer | 3261 §12–15, 3311, 3326, 3515, 3891, 4028, 6086 |
 * | `registrar/` | bindings per user, flows | 3261 §10, 5626 |
 * | `access/` | digest, nonces, trunk addresses, limits of failures | 3261 §22, 7616, 8760 |
 *
 * Where it differs from the letter, and why: answers over UDP go to the source port also without `rport` when Via names another
 * host (a NAT stands between); phones are reached where they were last heard and not at their Contact; requests above 1,300 bytes stay on
 * UDP; names are looked up as A/AAAA only (no NAPTR or SRV); no TLS (a proxy ends it); 100rel is not offered.
 */

export { DEFAULT_SIP_LIMITS, DEFAULT_SIP_TIMES } from './limits.ts';
export { createSipStack } from './sip-stack.ts';
export * from './stack.ts';
