import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../config/clock.ts';
import type { Env } from '../../config/env.ts';
import type { CodedError } from '../../config/errors.ts';
import type { Logger } from '../../config/logger.ts';
import { recordingInfo } from '../../media/index.ts';
import type { CallControl } from '../../switch/index.ts';
import { ApiTokens, People, Phones, Sessions } from '../access/index.ts';
import type { Directory } from '../api/contract/index.ts';
import { type ApiDependencies, CallerTokens, createServer, localName, openSockets } from '../api/index.ts';
import { createToday, explainAgent, explainContact, FloorViews } from '../floor/index.ts';
import { httpLookupClient, openPromptLibrary } from '../flows/index.ts';
import { openRoutingDomain, pureEngines, settleConfiguration } from '../routing/index.ts';
import { createPhoneWatch, createShifts, isOnShift, PHONE_AWAY_REASON } from '../shifts/index.ts';
import { type Database, openPostgres } from '../store/index.ts';
import { createVoice, DEFAULT_TIMINGS, routingOf, storeRecords } from '../voice/index.ts';
import { configurationDesk } from './configuration-desk.ts';
import { DEMO_AGENTS, DEMO_CUSTOMER_NUMBER, DEMO_PASSWORD, DEMO_USERS } from './demo-data.ts';
import { ENTRY_NUMBER, firstConfiguration } from './first-data.ts';
import { lateDomain } from './late-domain.ts';
import { createSpeaker } from './speech.ts';
import { openStaff } from './staff.ts';
import { createViewChanges } from './view-changes.ts';

/** Days begin at midnight in China unless a company says otherwise in its routing configuration. */
const UTC_OFFSET_MINUTES = 480;
/** Reasons that nobody chooses: the engine's own for missed calls, and a phone that is gone. */
const SYSTEM_BREAK_REASONS: readonly string[] = ['no-answer', PHONE_AWAY_REASON];
/** Records that wait for the database are given this long at the end, ms. */
const WRITE_GRACE_MS = 3_000;

export interface CenterParts {
  readonly env: Env;
  readonly logger: Logger;
  readonly db: Database;
  readonly controls: readonly CallControl[];
  readonly pagesDir: string | undefined;
  /** True when the database was empty and demo people were put into it. */
  readonly demo: boolean;
  /** This process may no longer route: it should end and start again as a standby. */
  readonly onLost: (fault: CodedError) => void;
  /** The machine's own time when absent. */
  readonly clock?: Clock;
}

/** A contact center that takes calls. */
export interface Center {
  readonly url: string;
  readonly callsUp: number;
  /** No new calls; those that are up go on. */
  drain(): void;
  /** Lets go of everything in order. Idempotent; calls on the switch go on. */
  close(): Promise<void>;
}

/** Puts the rooms together and listens. Resolves when calls are taken; waits while another process owns the routing domain. */
export async function openCenter(parts: CenterParts): Promise<Center> {
  const { env, logger, db, controls } = parts;
  const clock = parts.clock ?? systemClock;
  mkdirSync(env.recordingsDir, { recursive: true });
  const changes = createViewChanges();
  const staff = await openStaff(db, clock, logger);
  // Calls write some twenty records each; were each on the disk before the next, they would hold up the journal, which callers wait for.
  const recordsDb =
    env.databaseUrl === undefined
      ? db
      : openPostgres({ url: env.databaseUrl, logger, maxConnections: 6, lazyCommits: true });
  const today = createToday({ db: recordsDb, clock, log: logger, utcOffsetMinutes: UTC_OFFSET_MINUTES });
  const records = storeRecords({ db: recordsDb, clock, log: logger });
  const speaker = createSpeaker(env);
  const demoGuests = new Set<string>();

  const voice = createVoice({
    controls,
    records,
    directory: {
      agent: (agentId) => voiceAgent(staff.agent(agentId)),
      agentByPhone: (phoneUser) => voiceAgent(staff.agentByPhone(phoneUser)),
      queueName: (queueId) => views.queueName(queueId),
      numberOfGuest: (phoneUser) => (demoGuests.has(phoneUser) ? DEMO_CUSTOMER_NUMBER : undefined),
    },
    flows: { byNumber: staff.flowByNumber, byId: staff.flow },
    prompts: await openPromptLibrary({
      folder: env.promptsDir,
      switchFolder: env.freeswitch.promptsDir,
      ...(speaker ? { speaker } : {}),
      log: logger,
    }),
    lookup: httpLookupClient({ allowedHosts: env.lookupHosts }),
    lookAtRecording: recordingInfo,
    clock,
    log: logger,
    settings: {
      ...DEFAULT_TIMINGS,
      recordingsDir: env.recordingsDir,
      switchRecordingsDir: env.freeswitch.recordingsDir,
      ownNumber: ENTRY_NUMBER,
      switchIsShared: env.freeswitch.hosts.length > 0,
    },
  });

  // Everything is put together while this process may still stand by, so that little is left to do when it takes over.
  const domain = lateDomain();
  const host = { database: db, domain, engines: pureEngines };
  const routing = {
    submit: domain.submit,
    agent: (agentId: string) => domain.read((engine, nowMs) => engine.agent(agentId, nowMs)),
  };
  const shifts = createShifts(routing);
  const watch = createPhoneWatch({ clock, log: logger, routing, shifts });
  const views = new FloorViews({
    clock,
    routing: {
      agent: routing.agent,
      queue: (queueId) => domain.read((engine, nowMs) => engine.queue(queueId, nowMs)),
      configuration: () => domain.read((engine) => engine.configuration()),
      get isAvailable() {
        return domain.isAvailable;
      },
    },
    calls: voice.live,
    today,
    agents: staff.agents,
    agent: staff.agent,
    isRegistered: watch.registered,
    switchUp: () => controls.some((control) => control.linked),
  });

  const callers = new CallerTokens(clock);
  const agentName = (agentId: string) => staff.agent(agentId)?.displayName;
  const sessions = new Sessions(db, clock);
  const deps: ApiDependencies = {
    db,
    clock,
    logger,
    sessions,
    apiTokens: new ApiTokens(db, clock),
    people: new People(db, sessions),
    staffChanged: staff.refresh,
    load: () => ({ callsUp: voice.callsUp, journalQueued: domain.queued, pageSockets: sockets.count }),
    phones: new Phones(db, clock, env.sipDomain),
    shifts,
    views,
    configuration: configurationDesk(host),
    run: (command) => voice.command(command),
    contactOfOffer: voice.live.contactOfOffer,
    phoneExpected(agentId) {
      voice.phoneExpected(agentId);
      watch.expect(agentId);
    },
    onViewChange: changes.on,
    async guestExpected(phoneUser) {
      if (!parts.demo) return;
      if (demoGuests.size > 1_000) demoGuests.clear();
      demoGuests.add(phoneUser);
    },
    names: () => ({
      queue: (queueId) => views.queueName(queueId),
      agent: agentName,
      disposition: (id) => {
        const found = staff.dispositions().find((one) => one.id === id);
        return found && localName(found);
      },
    }),
    directory: (forAgentId): Directory => ({
      agents: staff.agents().flatMap((agent) => {
        const view = routing.agent(agent.id);
        if (agent.id === forAgentId || !view || view.status === 'offline') return [];
        return [{ agentId: agent.id, displayName: agent.displayName, status: view.status, state: view.state }];
      }),
      queues: views.queueSummaries(),
      flows: staff.flows().map((flow) => ({ flowId: flow.flowId, name: flow.name })),
      dispositions: staff
        .dispositions()
        .filter((one) => one.active)
        .map((one) => ({ dispositionId: one.id, name: localName(one) })),
      breakReasons: staff
        .breakReasons()
        .filter((one) => one.active)
        .map((one) => ({ breakReasonId: one.id, name: localName(one), system: SYSTEM_BREAK_REASONS.includes(one.id) })),
    }),
    explainContact: (contactId) => domain.read((engine, nowMs) => explainContact(engine, contactId, nowMs, agentName)),
    explainAgent: (agentId) => domain.read((engine, nowMs) => explainAgent(engine, agentId, nowMs)),
    health: () => ({
      store: domain.isAvailable,
      switch: controls.some((control) => control.linked),
      routing: domain.isOwnerCertain,
    }),
    settings: {
      companyName: 'Tandem',
      defaultLocale: env.defaultLocale,
      entryNumber: ENTRY_NUMBER,
      sipAddress: `sip:${ENTRY_NUMBER}@${env.freeswitch.trunkAddress}`,
      webSocketUrl: env.freeswitch.wsUrl,
      demo: parts.demo,
      demoUsers: DEMO_USERS.map(({ username, role }) => ({ username, role, password: DEMO_PASSWORD })),
      directorySecret: env.directorySecret,
      recordingsDir: env.recordingsDir,
      utcOffsetMinutes: UTC_OFFSET_MINUTES,
      pagesDir: parts.pagesDir,
      secureCookies: env.freeswitch.wsUrl.startsWith('wss:'),
    },
  };
  const app = await createServer(deps, callers);
  // A domain of its own connection: no report may keep the lease from being renewed.
  const routingDb =
    env.databaseUrl === undefined ? db : openPostgres({ url: env.databaseUrl, logger, maxConnections: 4 });
  const stop = new AbortController();
  await openRoutingDomain({
    domain: env.routingDomain,
    nodeName: env.nodeName,
    database: routingDb,
    engines: pureEngines,
    consumers: [voice.consumer, today.consumer, changes.consumer],
    logger,
    clock,
    leaseMs: env.leaseMs,
    signal: stop.signal,
    reconcile: async () => {
      await voice.recover();
      return {};
    },
    begin: async (opened) => {
      domain.open(opened);
      await Promise.all([today.load(), staff.refresh()]);
      await voice.start(routingOf(opened));
    },
    onStopped: parts.onLost,
    onAvailability: () => changes.tell({ kind: 'queues' }),
  });
  await settleConfiguration(host, firstConfiguration(parts.demo ? DEMO_AGENTS : []));

  const stops = [
    voice.live.onChange((_contactId, agentIds) => {
      for (const agentId of agentIds) changes.tell({ kind: 'desk', agentId });
      changes.tell({ kind: 'floor' });
      changes.tell({ kind: 'callers' });
    }),
    watch.onChange((agentId) => {
      changes.tell({ kind: 'desk', agentId });
      changes.tell({ kind: 'floor' });
    }),
    ...controls.map((control) =>
      control.onEvent((event) => {
        if (event.kind === 'registered' || event.kind === 'unregistered') {
          const agent = staff.agentByPhone(event.user);
          if (agent && event.kind === 'registered') watch.onRegistered(agent.id);
          if (agent && event.kind === 'unregistered') watch.onUnregistered(agent.id);
        }
        if (event.kind === 'link-restored') void lookAtPhones(control);
        if (event.kind === 'link-lost' || event.kind === 'link-restored') changes.tell({ kind: 'queues' });
      }),
    ),
  ];
  for (const control of controls) if (control.linked) await lookAtPhones(control);

  /** Registrations that came and went while nobody listened. */
  async function lookAtPhones(control: CallControl): Promise<void> {
    for (const agent of staff.agents()) {
      if (!isOnShift(routing, agent.id)) continue;
      try {
        if (await control.isRegistered(agent.phoneUser)) watch.onRegistered(agent.id);
        else watch.expect(agent.id);
      } catch {
        // The link broke again; the next time it is restored everybody is looked at anew.
        return;
      }
    }
  }

  const sockets = openSockets(app.server, deps, callers);
  await app.listen({ host: env.http.host, port: env.http.port });
  const { address, port, family } = app.server.address() as AddressInfo;

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    for (const stopListening of stops) stopListening();
    await sockets.close();
    await app.close();
    voice.close();
    watch.close();
    stop.abort();
    await domain.close();
    await Promise.race([records.idle(), new Promise<void>((resolve) => clock.after(WRITE_GRACE_MS, resolve))]);
    records.shut();
    await today.close();
    staff.close();
    if (routingDb !== db) await routingDb.close();
    if (recordsDb !== db) await recordsDb.close();
  }
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    get callsUp() {
      return voice.callsUp;
    },
    drain: () => voice.drain(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

const voiceAgent = (agent: { id: string; displayName: string; phoneUser: string } | undefined) =>
  agent && { agentId: agent.id, displayName: agent.displayName, phoneUser: agent.phoneUser };
