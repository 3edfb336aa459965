import { z } from 'zod';

const port = z.number().int().min(0).max(65_535);
const host = z.string().min(1).max(255);
const seconds = (least: number, most: number) => z.number().int().min(least).max(most);

/** Everything the embedded switch is told at its start. Port 0 takes any free one; the ready line says which. */
export const softswitchSettings = z.object({
  eventSocket: z
    .object({
      host: host.default('127.0.0.1'),
      port: port.default(8021),
      password: z.string().min(1).max(200),
      /** Clients at once. */
      maxListeners: z.number().int().min(1).max(1000).default(64),
      /** Events that may wait for one slow client. FreeSWITCH takes 100,000; that would be a gigabyte here. */
      maxQueuedEvents: z.number().int().min(10).max(100_000).default(20_000),
      /** Events lost before that client is cut off. */
      maxLostEvents: z.number().int().min(0).max(100_000).default(500),
    })
    .strict(),
  sip: z
    .object({
      host: host.default('127.0.0.1'),
      /** What messages and descriptions say instead of `host` (behind a NAT). */
      advertisedHost: host.optional(),
      trunk: z
        .object({
          port: port.default(5080),
          tcp: z.boolean().default(false),
          /** Addresses or blocks (CIDR) that may call in. */
          allowedSources: z.array(z.string().min(1).max(64)).max(256).default(['127.0.0.0/8']),
        })
        .strict()
        .prefault({}),
      agents: z
        .object({
          port: port.default(5060),
          tcp: z.boolean().default(false),
          /** Port for browsers (SIP over WebSocket); none when missing. */
          wsPort: port.optional(),
          /** Domain of the users, and realm of their digest. */
          realm: host.default('tandem.local'),
        })
        .strict()
        .prefault({}),
    })
    .strict()
    .prefault({}),
  rtpPorts: z.tuple([port, port]).default([16_384, 32_766]),
  /** How to dial out: `sofia/gateway/NAME/NUMBER`. */
  gateways: z
    .array(
      z
        .object({
          name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
          host,
          port: port.default(5060),
          transport: z.enum(['udp', 'tcp']).default('udp'),
          user: z.string().min(1).max(128).optional(),
          password: z.string().min(1).max(256).optional(),
        })
        .strict(),
    )
    .max(64)
    .default([]),
  directory: z
    .object({
      /** Asked by POST in mod_xml_curl's form. */
      url: z.url().optional(),
      /** Basic auth towards `url`. */
      username: z.string().max(128).optional(),
      password: z.string().max(256).optional(),
      timeoutMs: z.number().int().min(100).max(4500).default(3000),
      cacheMs: z.number().int().min(0).max(600_000).default(5000),
      /** How long an unknown user stays unknown, ms. */
      negativeCacheMs: z.number().int().min(0).max(600_000).default(2000),
      /** Users that need no asking; looked at first. */
      users: z
        .array(
          z
            .object({
              name: z.string().min(1).max(128),
              password: z.string().min(1).max(256),
              variables: z.record(z.string(), z.string()).default({}),
            })
            .strict(),
        )
        .max(10_000)
        .default([]),
    })
    .strict()
    .prefault({}),
  limits: z
    .object({
      maxSessions: z.number().int().min(1).max(10_000).default(1000),
      sessionsPerSecond: z.number().int().min(1).max(1000).default(100),
    })
    .strict()
    .prefault({}),
  parking: z
    .object({
      /** A parked caller whom nobody controls gets the way out after this. */
      unattendedSec: seconds(1, 86_400).default(120),
      /** What that caller hears before the end. */
      prompt: z.string().min(1).max(1000).optional(),
    })
    .strict()
    .prefault({}),
  /** A leg whose phone sends no sound for so long ends with MEDIA_TIMEOUT; 0 never. `rtp_timeout_sec` and `media_timeout` (ms) on the leg override it. */
  mediaTimeoutSec: seconds(0, 86_400).default(300),
  soundsDir: z.string().min(1).max(1000).optional(),
  musicDir: z.string().min(1).max(1000).optional(),
  /** Relative recording paths are taken from here. */
  recordingsDir: z.string().min(1).max(1000).optional(),
  heartbeatSec: seconds(1, 3600).default(20),
  hostname: z.string().min(1).max(255).optional(),
  /** End when the parent process does. Otherwise calls outlive it. */
  dieWithParent: z.boolean().default(false),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
});

export type SoftswitchSettings = z.output<typeof softswitchSettings>;
/** The same before defaults are filled in. */
export type SoftswitchSettingsInput = z.input<typeof softswitchSettings>;
