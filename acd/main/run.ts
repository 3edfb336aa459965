import { join } from 'node:path';
import { systemClock } from '../../config/clock.ts';
import type { Env } from '../../config/env.ts';
import { ERRORS } from '../../config/error-table.ts';
import { type CodedError, isCoded } from '../../config/errors.ts';
import { createLogger, type Logger } from '../../config/logger.ts';
import { type CallControl, EventSocketCallControl } from '../../switch/index.ts';
import { countUsers, type Database, findUserForSignIn, openDatabase } from '../store/index.ts';
import { type Center, openCenter } from './center.ts';
import { DEMO_PASSWORD, DEMO_USERS, seedDemo } from './demo-data.ts';
import { type EmbeddedSwitch, startEmbeddedSwitch } from './embedded-switch.ts';
import { ENTRY_NUMBER, seedFirstData } from './first-data.ts';
import { buildPages, PAGES_DIR } from './pages.ts';

/** Ended because another process routes now; a supervisor of processes starts it again as a standby (EX_TEMPFAIL). */
const EXIT_LOST = 75;
const FLOWS_DIR = join(import.meta.dirname, '../../config/flows');

/** A domain that nobody owns is ours sooner, ms. */
const STANDBY_AFTER_MS = 4_000;
const STANDBY_SENTENCE =
  '  standing by: another Tandem routes; this one takes over when it stops. 备用：另一台 Tandem 正在路由，停止后由本机接管。';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Brings the contact center up, prints what to open, and stays until it is told to end. */
export async function run(env: Env): Promise<void> {
  const logger = createLogger({ level: env.log.level, pretty: env.log.pretty, name: 'tandem' });
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1_000).toFixed(1)} s`;
  let db: Database | undefined;
  let embedded: EmbeddedSwitch | undefined;
  const controls: CallControl[] = [];
  let center: Center | undefined;
  let ending = false;

  async function end(options: { code: number; keepSwitch: boolean }): Promise<void> {
    if (ending) return;
    ending = true;
    if (center && center.callsUp > 0 && !options.keepSwitch) await letCallsFinish(center, env.shutdownGraceMs, logger);
    await center?.close();
    for (const control of controls) await control.close();
    if (!options.keepSwitch) await embedded?.stop();
    await db?.close();
    process.exit(options.code);
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1);
      say('Closing. Calls that are up may finish. 正在关闭，进行中的通话可以继续。');
      void end({ code: 0, keepSwitch: false });
    });
  }
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a promise failed and nobody listened'));

  try {
    say('Tandem is starting. 正在启动…');
    const pages = buildPages();
    pages.catch(() => undefined);
    db = await openDatabase({
      ...(env.databaseUrl === undefined ? {} : { url: env.databaseUrl }),
      dataDir: env.dataDir,
      logger,
    });
    say(`  database   ${db.kind === 'pglite' ? 'embedded' : 'PostgreSQL'}, ${seconds()}`);
    const demo = await seed(db, env);
    const directoryUrl = `http://${env.http.host}:${env.http.port}/switch/directory`;
    if (env.freeswitch.hosts.length === 0) {
      embedded = await startEmbeddedSwitch(env, directoryUrl, logger);
      say(`  switch     embedded${embedded.adopted ? ', still running' : ''}, ${seconds()}`);
    }
    for (const address of switchAddresses(env, embedded)) {
      controls.push(
        new EventSocketCallControl({ ...address, clock: systemClock, log: logger, layout: switchLayout(env) }),
      );
    }
    const outcome = await pages;
    say(`  pages      ${outcome === 'built' ? 'built' : 'up to date'}, ${seconds()}`);
    const standby = setTimeout(() => say(STANDBY_SENTENCE), STANDBY_AFTER_MS);
    center = await openCenter({
      env,
      logger,
      db,
      controls,
      pagesDir: PAGES_DIR,
      demo,
      onLost: (fault) => void lost(fault),
    });
    clearTimeout(standby);
    say(`  ready      ${seconds()}\n`);
    announce(env, center, demo);
  } catch (error) {
    say(sentenceFor(error));
    logger.fatal({ err: error }, 'the start failed');
    await end({ code: 1, keepSwitch: false });
  }

  async function lost(fault: CodedError): Promise<void> {
    if (ending) return;
    logger.error({ code: fault.code }, 'another server routes now; this one ends');
    await end({ code: EXIT_LOST, keepSwitch: true });
  }
}

/** What the switch's configuration and ours share. A FreeSWITCH whose own music is not set up plays the file that ships. */
function switchLayout(env: Env) {
  return { domain: env.sipDomain, musicFile: `${env.freeswitch.promptsDir}/music/{stream}.wav` };
}

/** The embedded switch, or every FreeSWITCH that is named. */
function switchAddresses(env: Env, embedded: EmbeddedSwitch | undefined) {
  if (embedded) return [{ host: embedded.host, port: embedded.eventPort, password: embedded.password }];
  return env.freeswitch.hosts.map(({ host, port }) => ({ host, port, password: env.freeswitch.password }));
}

/** Fills an empty database. Answers whether this is a demo. */
async function seed(db: Database, env: Env): Promise<boolean> {
  const wasEmpty = (await countUsers(db)) === 0;
  await seedFirstData(db, {
    flowsDir: FLOWS_DIR,
    locale: env.defaultLocale,
    ...(env.adminPassword === undefined || env.seedDemo ? {} : { adminPassword: env.adminPassword }),
  });
  if (!env.seedDemo) return false;
  if (wasEmpty) await seedDemo(db, Date.now(), env.defaultLocale);
  return (await findUserForSignIn(db, DEMO_USERS[0].username)) !== undefined;
}

async function letCallsFinish(center: Center, graceMs: number, logger: Logger): Promise<void> {
  center.drain();
  const deadline = Date.now() + graceMs;
  while (center.callsUp > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
  if (center.callsUp > 0)
    logger.warn({ calls: center.callsUp, graceMs }, 'calls are still up at the end of the grace time');
}

function announce(env: Env, center: Center, demo: boolean): void {
  say(`  Agents and supervisors  坐席与班长   ${center.url}/`);
  say(`  Call from a browser     浏览器呼叫   ${center.url}/call`);
  say(`  Call from a SIP phone   话机呼叫     sip:${ENTRY_NUMBER}@${env.freeswitch.trunkAddress}`);
  if (demo) {
    say(
      `  Demo users              演示账号     ${DEMO_USERS.map((user) => user.username).join(', ')} · ${DEMO_PASSWORD}`,
    );
  }
}

function sentenceFor(error: unknown): string {
  if (!isCoded(error)) return `${ERRORS.internal.en} ${error instanceof Error ? error.message : ''}`;
  const row = ERRORS[error.code];
  const fields = Object.entries(error.fields).map(([name, value]) => `  ${name}: ${value}`);
  return [row.en, row.zh, ...fields].join('\n');
}
