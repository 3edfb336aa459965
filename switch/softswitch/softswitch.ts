import { randomUUID } from 'node:crypto';
import { hostname, networkInterfaces } from 'node:os';
import { systemClock } from '../../config/clock.ts';
import type { Logger } from '../../config/logger.ts';
import { API_COMMANDS } from './api/registry.ts';
import { APPLICATIONS } from './apps/registry.ts';
import { plainEvent } from './core/build-event.ts';
import { EventBus } from './core/event-bus.ts';
import { hangUp } from './core/hang-up.ts';
import { startHeartbeat } from './core/heartbeat.ts';
import type { SwitchCore } from './core/switch-core.ts';
import { watchStranded } from './core/way-out.ts';
import { createDirectory } from './directory/directory.ts';
import { acceptInvite } from './legs/inbound.ts';
import { tellRegistration } from './legs/registrations.ts';
import { createMediaHost } from './media/index.ts';
import type { SoftswitchSettings } from './settings.ts';
import { createSipStack, type ListenerOptions } from './sip/index.ts';
import { type EventSocketServer, openEventSocket } from './socket/server.ts';

/** How long the legs have to end when the switch closes, ms. */
const CLOSE_LEGS_MS = 1500;

/** The ports that were really bound; `ws` and `tcp` when asked for. */
export interface SoftswitchPorts {
  readonly eventSocket: number;
  readonly trunk: number;
  readonly agents: number;
  readonly agentsWs?: number;
}

/** A running embedded switch. */
export interface Softswitch {
  readonly ports: SoftswitchPorts;
  readonly coreUuid: string;
  /** Sessions that are there now. */
  readonly sessionCount: number;
  /** Ends every call with SYSTEM_SHUTDOWN, then everything. Takes a few seconds at most. Idempotent. */
  close(): Promise<void>;
}

function ownAddress(family: 'IPv4' | 'IPv6', fallback: string): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find((one) => one.family === family && !one.internal)?.address ?? fallback;
}

function makeCore(settings: SoftswitchSettings, logger: Logger): SwitchCore {
  const name = settings.hostname ?? hostname();
  const { sip: sipSettings } = settings;
  const outside = sipSettings.advertisedHost === undefined ? {} : { advertisedHost: sipSettings.advertisedHost };
  const directory = createDirectory({ settings: settings.directory, hostname: name, clock: systemClock, logger });
  const sw: SwitchCore = {
    settings,
    clock: systemClock,
    logger,
    identity: {
      coreUuid: randomUUID(),
      hostname: name,
      ipv4: ownAddress('IPv4', '127.0.0.1'),
      ipv6: ownAddress('IPv6', '::1'),
    },
    bus: new EventBus(),
    sessions: new Map(),
    conferences: new Map(),
    counters: {
      sessionsSinceStart: 0,
      sessionsPeak: 0,
      perSecond: 0,
      perSecondAt: 0,
      perSecondPeak: 0,
      sequence: 1,
      conferenceMembers: 0,
    },
    media: createMediaHost({
      host: sipSettings.host,
      rtpPorts: settings.rtpPorts,
      maxLegs: settings.limits.maxSessions,
      ...outside,
      ...(settings.musicDir === undefined ? {} : { musicDir: settings.musicDir }),
      ...(settings.soundsDir === undefined ? {} : { soundsDir: settings.soundsDir }),
    }),
    sip: createSipStack({
      logger,
      lookUpPassword: (user, domain) => directory.lookUp(user, domain),
      onInvite: (invite) => {
        acceptInvite(sw, invite).catch((cause: unknown) => {
          logger.error({ err: cause }, 'an inbound call failed');
          invite.reject(500);
        });
      },
      onRegistration: (event) => tellRegistration(sw, event),
    }),
    directory,
    apis: API_COMMANDS,
    applications: APPLICATIONS,
    globals: new Map([
      ['hostname', name],
      ['domain', sipSettings.agents.realm],
      ['local_ip_v4', sipSettings.host],
      ['switch_serial', ''],
    ]),
    profiles: new Map(),
    startedAtMs: systemClock.now(),
    unattendedSinceMs: systemClock.now(),
    maxSessions: settings.limits.maxSessions,
    maxSessionsPerSecond: settings.limits.sessionsPerSecond,
  };
  sw.globals.set('core_uuid', sw.identity.coreUuid);
  return sw;
}

async function openProfiles(sw: SwitchCore): Promise<Omit<SoftswitchPorts, 'eventSocket'>> {
  const { host, advertisedHost, trunk, agents } = sw.settings.sip;
  const on = (port: number, tcp: boolean): ListenerOptions[] => [
    { transport: 'udp', host, port },
    ...(tcp ? [{ transport: 'tcp' as const, host, port }] : []),
  ];
  const outside = advertisedHost === undefined ? {} : { advertisedHost };
  const trunkProfile = await sw.sip.openProfile({
    name: 'trunk',
    listeners: on(trunk.port, trunk.tcp),
    admission: { kind: 'trunk', allowedSources: trunk.allowedSources },
    ...outside,
  });
  const agentsProfile = await sw.sip.openProfile({
    name: 'agents',
    listeners: [
      ...on(agents.port, agents.tcp),
      ...(agents.wsPort === undefined ? [] : [{ transport: 'ws' as const, host, port: agents.wsPort }]),
    ],
    admission: { kind: 'agents', realm: agents.realm },
    ...outside,
  });
  const ports = [trunkProfile, agentsProfile].map((profile) => {
    const port = profile.addresses[0]?.port ?? 0;
    sw.profiles.set(profile.name, { host: advertisedHost ?? host, port });
    return port;
  });
  const ws = agentsProfile.addresses.find((address) => address.transport === 'ws')?.port;
  return { trunk: ports[0] ?? 0, agents: ports[1] ?? 0, ...(ws === undefined ? {} : { agentsWs: ws }) };
}

async function closeAll(sw: SwitchCore, socket: EventSocketServer, stops: readonly (() => void)[]): Promise<void> {
  for (const stop of stops) stop();
  sw.bus.publish(plainEvent(sw, 'SHUTDOWN', [['Event-Info', 'System Shutting Down']]));
  const sessions = [...sw.sessions.values()];
  for (const session of sessions) hangUp(sw, session, 'SYSTEM_SHUTDOWN');
  const waited = new Promise<void>((resolve) => sw.clock.after(CLOSE_LEGS_MS, resolve));
  await Promise.race([Promise.all(sessions.map((session) => session.gone)), waited]);
  await socket.close();
  await sw.sip.close();
  await sw.media.close();
}

/** Starts the embedded switch. Fails with `switch.refused` or `request.invalid` when something cannot be opened; nothing stays open then. */
export async function startSoftswitch(settings: SoftswitchSettings, logger: Logger): Promise<Softswitch> {
  const sw = makeCore(settings, logger);
  let socket: EventSocketServer | undefined;
  try {
    const sipPorts = await openProfiles(sw);
    socket = await openEventSocket(sw);
    const opened = socket;
    const stops = [startHeartbeat(sw), watchStranded(sw)];
    let closed: Promise<void> | undefined;
    return {
      ports: { eventSocket: opened.port, ...sipPorts },
      coreUuid: sw.identity.coreUuid,
      get sessionCount() {
        return sw.sessions.size;
      },
      close() {
        closed ??= closeAll(sw, opened, stops);
        return closed;
      },
    };
  } catch (cause) {
    await socket?.close();
    await sw.sip.close();
    await sw.media.close();
    throw cause;
  }
}
