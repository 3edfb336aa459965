import type { OpenLine, SipLine, SipUserAgent } from './sip.ts';

/** Seconds. The registration is renewed well before, so a dead connection shows within a minute. */
const REGISTER_EXPIRES_S = 120;

/** Opens a line with JsSIP, which is loaded only when a phone is needed. */
export const openJsSipLine: OpenLine = async (credentials, options): Promise<SipLine> => {
  const { default: JsSIP } = await import('jssip');
  const socket = new JsSIP.WebSocketInterface(credentials.webSocketUrl);
  const userAgent = new JsSIP.UA({
    sockets: [socket],
    uri: `sip:${credentials.user}@${credentials.domain}`,
    password: credentials.password,
    register: options.register,
    register_expires: REGISTER_EXPIRES_S,
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 4,
    user_agent: 'Tandem',
  });
  let dropped = false;
  return {
    // JsSIP's own types are wider than what the phone uses.
    userAgent: userAgent as unknown as SipUserAgent,
    drop() {
      if (dropped) return;
      dropped = true;
      socket.disconnect();
      userAgent.stop();
    },
  };
};
