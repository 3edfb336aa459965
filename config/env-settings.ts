import type { z } from 'zod';
import {
  flag,
  host,
  hostPorts,
  name,
  networks,
  oneOf,
  port,
  portRange,
  seconds,
  secret,
  sharedSecret,
  text,
  url,
} from './env-values.ts';
import { LOG_LEVELS } from './logger.ts';

/** The languages that the product speaks. */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** How text becomes speech where no recording ships: the first program found, a named one, or not at all. */
export const TTS_COMMANDS = ['auto', 'espeak-ng', 'flite', 'none'] as const;
export type TtsCommand = (typeof TTS_COMMANDS)[number];

/** One variable of the environment. */
export interface Setting {
  readonly schema: z.ZodType;
  /** What it is for, in a sentence or two; the comment in `.env.example`. */
  readonly about: string;
  readonly example: string;
  /** Used when the variable is missing or empty. Without one the variable is optional, or its default follows from others. */
  readonly fallback?: string;
  /** A secret may also come from the file that `NAME_FILE` names, and is never printed. */
  readonly secret?: true;
}

/** Secrets that every newcomer's machine shares. They count only while nothing listens beyond loopback. */
export const LOOPBACK_SECRETS = { FREESWITCH_PASSWORD: 'ClueCon', DIRECTORY_SECRET: 'loopback-only' } as const;

/** Every variable that the product reads, in the order of `.env.example`. */
export const SETTINGS = {
  HTTP_HOST: { schema: host, fallback: '127.0.0.1', example: '0.0.0.0', about: 'Where pages and API listen.' },
  HTTP_PORT: { schema: port, fallback: '8080', example: '8080', about: 'Port of pages and API.' },
  DATA_DIR: {
    schema: text,
    fallback: './data',
    example: '/var/lib/tandem',
    about: 'Folder of the embedded database, recordings and prompts.',
  },
  LOG_LEVEL: {
    schema: oneOf(LOG_LEVELS),
    fallback: 'info',
    example: 'debug',
    about: `One of ${LOG_LEVELS.join(', ')}.`,
  },
  LOG_PRETTY: {
    schema: flag,
    example: 'true',
    about: 'Readable lines in place of JSON. Default: true on a terminal, else false.',
  },
  DEFAULT_LOCALE: {
    schema: oneOf(LOCALES),
    fallback: 'zh-CN',
    example: 'en',
    about: `Language for whoever chose none: ${LOCALES.join(' or ')}.`,
  },
  SEED_DEMO: {
    schema: flag,
    example: 'false',
    about:
      'Makes demo users, a queue and a flow when the database is empty. Their passwords are known to everybody, so it is possible on loopback only. Default: true there, else false.',
  },
  ADMIN_PASSWORD: {
    schema: secret,
    secret: true,
    example: 'a-long-passphrase',
    about: 'Password of the first administrator `admin`, used once when the database is empty and there is no demo.',
  },
  DATABASE_URL: {
    schema: url('postgres', 'postgresql'),
    secret: true,
    example: 'postgres://tandem:password@127.0.0.1:5432/tandem',
    about: 'PostgreSQL 15 or newer. Default: the embedded database in DATA_DIR.',
  },
  REDIS_URL: {
    schema: url('redis', 'rediss'),
    secret: true,
    example: 'redis://127.0.0.1:6379',
    about:
      'Redis 7 between several nodes. Checked and kept; nothing uses it yet, because one node at a time serves pages.',
  },
  ROUTING_DOMAIN: {
    schema: name,
    fallback: 'main',
    example: 'main',
    about: 'Agents and queues that are routed together. One node at a time owns a domain; others stand by.',
  },
  NODE_NAME: { schema: name, example: 'acd-1', about: 'Name of this node in logs and leases. Default: the host name.' },
  LEASE_SECONDS: {
    schema: seconds(1, 60),
    fallback: '2',
    example: '2',
    about: 'How long after the last sign of life of its owner a routing domain is taken over.',
  },
  SHUTDOWN_GRACE_SECONDS: {
    schema: seconds(0, 3_600),
    fallback: '30',
    example: '30',
    about: 'How long calls may go on after SIGTERM.',
  },
  FREESWITCH_HOSTS: {
    schema: hostPorts,
    example: '127.0.0.1:8021',
    about: 'Event sockets of FreeSWITCH, with commas between. Default: the embedded switch.',
  },
  FREESWITCH_PASSWORD: {
    schema: sharedSecret,
    secret: true,
    example: 'a-long-passphrase',
    about: `Password of the event sockets, also of the embedded switch. Default: ${LOOPBACK_SECRETS.FREESWITCH_PASSWORD}, on loopback only.`,
  },
  FREESWITCH_WS_URL: {
    schema: url('ws', 'wss'),
    example: 'wss://sip.example.com:7443',
    about: "What browsers' phones connect to. Default: port 5066 of the first FreeSWITCH, or the embedded switch.",
  },
  FREESWITCH_TRUNK_ADDRESS: {
    schema: text.regex(/^[^\s:]+(:\d{1,5})?$/, 'must be host or host:port'),
    example: '192.0.2.10:5080',
    about: 'Where outside phones and trunks send calls; printed at the start. Default: the trunk port of the switch.',
  },
  FREESWITCH_RECORDINGS_DIR: {
    schema: text,
    example: '/var/lib/freeswitch/recordings',
    about: 'RECORDINGS_DIR as the switch sees it. Default: the same path.',
  },
  FREESWITCH_PROMPTS_DIR: {
    schema: text,
    example: '/var/lib/freeswitch/prompts',
    about: 'PROMPTS_DIR as the switch sees it. Default: the same path.',
  },
  RECORDINGS_DIR: { schema: text, example: '/srv/recordings', about: 'Default: recordings in DATA_DIR.' },
  PROMPTS_DIR: {
    schema: text,
    example: '/srv/prompts',
    about: 'Recorded prompts: manifest.json, one folder a language, and music. Default: the ones that are shipped.',
  },
  SIP_DOMAIN: {
    schema: host,
    fallback: 'tandem.local',
    example: 'sip.example.com',
    about: 'Domain of the agents\u2019 phones.',
  },
  DIRECTORY_SECRET: {
    schema: secret,
    secret: true,
    example: 'a-long-passphrase',
    about: 'What the switch shows when it asks who a registering phone is. Default on loopback only.',
  },
  SOFTSWITCH_HOST: {
    schema: host,
    fallback: '127.0.0.1',
    example: '192.0.2.10',
    about: 'Address of the embedded switch.',
  },
  SOFTSWITCH_SIP_PORT: { schema: port, fallback: '5060', example: '5060', about: "SIP port of the agents' phones." },
  SOFTSWITCH_TRUNK_PORT: { schema: port, fallback: '5080', example: '5080', about: 'SIP port of trunks.' },
  SOFTSWITCH_WS_PORT: {
    schema: port,
    fallback: '5066',
    example: '5066',
    about: "SIP over WebSocket, for the browsers' phones.",
  },
  SOFTSWITCH_EVENT_PORT: {
    schema: port,
    fallback: '8021',
    example: '8021',
    about: 'Event socket of the embedded switch.',
  },
  SOFTSWITCH_RTP_PORTS: {
    schema: portRange,
    fallback: '20000-24999',
    example: '20000-24999',
    about: 'UDP ports of sound.',
  },
  TRUNK_ALLOW: {
    schema: networks,
    fallback: '127.0.0.1/32',
    example: '192.0.2.0/24,198.51.100.7',
    about: 'Networks that may send calls to the trunk port.',
  },
  FLOW_LOOKUP_HOSTS: {
    schema: text
      .transform((value) =>
        value
          .split(',')
          .map((entry) => entry.trim())
          .filter((entry) => entry !== ''),
      )
      .refine(
        (hosts) => hosts.every((entry) => /^[A-Za-z0-9.-]{1,253}(:\d{1,5})?$/.test(entry)),
        'must be a comma list of host or host:port',
      ),
    example: 'crm.example.com,orders.example.com:8443',
    about: 'Hosts that call flows may ask over HTTP. Default: none.',
  },
  TTS_COMMAND: {
    schema: oneOf(TTS_COMMANDS),
    fallback: 'auto',
    example: 'espeak-ng',
    about: `What speaks text for which no recording ships: ${TTS_COMMANDS.join(', ')}.`,
  },
  VOSK_URL: {
    schema: url('ws', 'wss'),
    example: 'ws://127.0.0.1:2700',
    about: 'Speech to text for live transcripts. Checked and kept; nothing uses it yet.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];
/** A variable's value after its own check. */
export type SettingValue<N extends SettingName> = z.output<(typeof SETTINGS)[N]['schema']>;
