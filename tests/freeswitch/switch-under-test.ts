import { connect } from 'node:net';

/** The FreeSWITCH that `TEST_FREESWITCH_CENTER=host:port:password` names, with the addresses that its configuration gives it. */
export interface SwitchUnderTest {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  /** `host:port` of the profile `trunk`. */
  readonly trunk: string;
  /** `host:port` of the profile `agents`. */
  readonly agents: string;
  /** The variables with which a contact center drives it. */
  readonly environment: Readonly<Record<string, string>>;
}

const USAGE = 'set TEST_FREESWITCH_CENTER=host:port:password; tests/freeswitch/README.md says how to start FreeSWITCH';
const REPLY_MS = 5_000;

/** Fails with a sentence that says what to set. */
export function switchUnderTest(): SwitchUnderTest {
  const found = /^([^:]+):(\d+):(.+)$/.exec(process.env.TEST_FREESWITCH_CENTER ?? '');
  if (!found) throw new Error(USAGE);
  const [, host = '', port = '', password = ''] = found;
  const {
    TEST_FREESWITCH_HTTP_PORT: http = '8080',
    TEST_FREESWITCH_TRUNK: trunk = `${host}:5080`,
    TEST_FREESWITCH_AGENTS: agents = `${host}:5060`,
    TEST_FREESWITCH_WS_URL: ws,
  } = process.env;
  return {
    host,
    port: Number(port),
    password,
    trunk,
    agents,
    environment: {
      FREESWITCH_HOSTS: `${host}:${port}`,
      HTTP_PORT: http,
      ...(password === 'ClueCon' ? {} : { FREESWITCH_PASSWORD: password }),
      ...(trunk === `${host}:5080` ? {} : { FREESWITCH_TRUNK_ADDRESS: trunk }),
      ...(ws === undefined ? {} : { FREESWITCH_WS_URL: ws }),
    },
  };
}

/** Asks the switch something on a connection of its own; the answer's body. */
export async function askSwitch(command: string): Promise<string> {
  const { host, port, password } = switchUnderTest();
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    let text = '';
    let sent = false;
    const timer = setTimeout(() => socket.destroy(new Error(`FreeSWITCH did not answer: ${USAGE}`)), REPLY_MS);
    socket.on('error', reject);
    socket.on('close', () => clearTimeout(timer));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      if (!sent && text.includes('auth/request')) {
        sent = true;
        socket.write(`auth ${password}\n\napi ${command}\n\n`);
      }
      const head = /Content-Type: api\/response\nContent-Length: (\d+)\n\n/.exec(text);
      const body = head && text.slice(head.index + head[0].length);
      if (!head || Buffer.byteLength(body ?? '') < Number(head[1])) return;
      resolve((body ?? '').trim());
      socket.end('exit\n\n');
    });
  });
}

/** How many legs are up. */
export async function legsUp(): Promise<number> {
  return (JSON.parse(await askSwitch('show channels as json')) as { row_count: number }).row_count;
}
