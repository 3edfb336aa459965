import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  LOOPBACK_SECRETS,
  type Locale,
  SETTING_NAMES,
  SETTINGS,
  type Setting,
  type SettingName,
  type SettingValue,
  type TtsCommand,
} from './env-settings.ts';
import { type HostPort, isLoopback, type PortRange } from './env-values.ts';
import { ERRORS } from './error-table.ts';
import type { LogLevel } from './logger.ts';

/** Everything that a process is told from outside, checked. Folders are absolute paths. */
export interface Env {
  readonly http: HostPort;
  readonly dataDir: string;
  readonly recordingsDir: string;
  readonly promptsDir: string;
  readonly log: { readonly level: LogLevel; readonly pretty: boolean };
  readonly defaultLocale: Locale;
  readonly seedDemo: boolean;
  readonly adminPassword?: string;
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  readonly routingDomain: string;
  readonly nodeName: string;
  readonly leaseMs: number;
  readonly shutdownGraceMs: number;
  /** The switch that is driven: `hosts` is empty for the embedded one. */
  readonly freeswitch: {
    readonly hosts: readonly HostPort[];
    readonly password: string;
    readonly wsUrl: string;
    readonly trunkAddress: string;
    readonly recordingsDir: string;
    readonly promptsDir: string;
  };
  readonly sipDomain: string;
  readonly directorySecret: string;
  readonly softswitch: {
    readonly host: string;
    readonly sipPort: number;
    readonly trunkPort: number;
    readonly wsPort: number;
    readonly eventPort: number;
    readonly rtpPorts: PortRange;
    readonly trunkAllow: readonly string[];
  };
  /** Hosts that call flows may ask over HTTP. */
  readonly lookupHosts: readonly string[];
  readonly ttsCommand: TtsCommand;
  readonly voskUrl?: string;
}

/** One thing that is wrong with the environment: `name` is the variable, `what` starts with "must" or "is". */
export interface EnvProblem {
  readonly name: string;
  readonly what: string;
  readonly example: string;
}

export type EnvOutcome =
  | { readonly kind: 'valid'; readonly env: Env }
  | { readonly kind: 'invalid'; readonly problems: readonly EnvProblem[] };

type Variables = Readonly<Record<string, string | undefined>>;
type Values = { readonly [N in SettingName]?: SettingValue<N> };

const schema = z.object(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].schema.optional()])),
) as unknown as z.ZodType<Values>;

/** Checks all variables at once; nothing is opened and only the files of `NAME_FILE` are read. An empty variable counts as missing. */
export function parseEnv(variables: Variables, machine = { hostname: hostname(), terminal: false }): EnvOutcome {
  const problems: EnvProblem[] = [];
  const report = (name: SettingName, what: string) => problems.push({ name, what, example: SETTINGS[name].example });
  const raw: Record<string, string> = {};
  for (const name of SETTING_NAMES) {
    const setting: Setting = SETTINGS[name];
    const value = setting.secret ? readSecret(name, variables, report) : variables[name]?.trim() || undefined;
    const given = value ?? setting.fallback;
    if (given !== undefined) raw[name] = given;
  }
  const parsed = schema.safeParse(raw);
  for (const issue of parsed.error?.issues ?? []) report(issue.path[0] as SettingName, issue.message);
  const env = compose(parsed.data ?? withoutFaulty(raw, problems), machine);
  for (const [name, what] of exposures(env, raw)) report(name, what);
  if (parsed.success) for (const [name, what] of clashes(env)) report(name, what);
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'valid', env };
}

/** The values with defaults in the place of faulty ones, so that what concerns several variables is still looked at. */
function withoutFaulty(raw: Readonly<Record<string, string>>, problems: readonly EnvProblem[]): Values {
  const sound = { ...raw };
  for (const { name } of problems) {
    const setting: Setting = SETTINGS[name as SettingName];
    delete sound[name];
    if (setting.fallback !== undefined) sound[name] = setting.fallback;
  }
  return schema.parse(sound);
}

function readSecret(
  name: SettingName,
  variables: Variables,
  report: (name: SettingName, what: string) => void,
): string | undefined {
  const direct = variables[name]?.trim() || undefined;
  const path = variables[`${name}_FILE`]?.trim() || undefined;
  if (path === undefined) return direct;
  if (direct !== undefined) {
    report(name, `is set twice: here and by ${name}_FILE; keep one`);
    return undefined;
  }
  try {
    const value = readFileSync(path, 'utf8').trim();
    if (value !== '') return value;
    report(name, `is empty in the file that ${name}_FILE names`);
  } catch (fault) {
    report(name, `is not readable from the file that ${name}_FILE names (${(fault as NodeJS.ErrnoException).code})`);
  }
  return undefined;
}

function compose(values: Values, machine: { hostname: string; terminal: boolean }): Env {
  const given = <N extends SettingName>(name: N) => values[name] as SettingValue<N>;
  const dataDir = resolve(given('DATA_DIR'));
  const recordingsDir = resolve(values.RECORDINGS_DIR ?? join(dataDir, 'recordings'));
  const promptsDir = resolve(values.PROMPTS_DIR ?? join(import.meta.dirname, 'prompts'));
  const hosts = values.FREESWITCH_HOSTS ?? [];
  const switchHost = inAddress(hosts[0]?.host ?? given('SOFTSWITCH_HOST'));
  const embedded = hosts.length === 0;
  return {
    http: { host: given('HTTP_HOST'), port: given('HTTP_PORT') },
    dataDir,
    recordingsDir,
    promptsDir,
    log: { level: given('LOG_LEVEL'), pretty: values.LOG_PRETTY ?? machine.terminal },
    defaultLocale: given('DEFAULT_LOCALE'),
    seedDemo: values.SEED_DEMO ?? isLoopback(given('HTTP_HOST')),
    ...(values.ADMIN_PASSWORD === undefined ? {} : { adminPassword: values.ADMIN_PASSWORD }),
    ...(values.DATABASE_URL === undefined ? {} : { databaseUrl: values.DATABASE_URL }),
    ...(values.REDIS_URL === undefined ? {} : { redisUrl: values.REDIS_URL }),
    routingDomain: given('ROUTING_DOMAIN'),
    nodeName: values.NODE_NAME ?? machine.hostname,
    leaseMs: given('LEASE_SECONDS'),
    shutdownGraceMs: given('SHUTDOWN_GRACE_SECONDS'),
    freeswitch: {
      hosts,
      password: values.FREESWITCH_PASSWORD ?? LOOPBACK_SECRETS.FREESWITCH_PASSWORD,
      wsUrl: values.FREESWITCH_WS_URL ?? `ws://${switchHost}:${embedded ? given('SOFTSWITCH_WS_PORT') : 5066}`,
      trunkAddress:
        values.FREESWITCH_TRUNK_ADDRESS ?? `${switchHost}:${embedded ? given('SOFTSWITCH_TRUNK_PORT') : 5080}`,
      recordingsDir: values.FREESWITCH_RECORDINGS_DIR ?? recordingsDir,
      promptsDir: values.FREESWITCH_PROMPTS_DIR ?? promptsDir,
    },
    sipDomain: given('SIP_DOMAIN'),
    directorySecret: values.DIRECTORY_SECRET ?? LOOPBACK_SECRETS.DIRECTORY_SECRET,
    softswitch: {
      host: given('SOFTSWITCH_HOST'),
      sipPort: given('SOFTSWITCH_SIP_PORT'),
      trunkPort: given('SOFTSWITCH_TRUNK_PORT'),
      wsPort: given('SOFTSWITCH_WS_PORT'),
      eventPort: given('SOFTSWITCH_EVENT_PORT'),
      rtpPorts: given('SOFTSWITCH_RTP_PORTS'),
      trunkAllow: given('TRUNK_ALLOW'),
    },
    lookupHosts: values.FLOW_LOOKUP_HOSTS ?? [],
    ttsCommand: given('TTS_COMMAND'),
    ...(values.VOSK_URL === undefined ? {} : { voskUrl: values.VOSK_URL }),
  };
}

function inAddress(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

type Finding = readonly [SettingName, string];

/** Secrets that everybody knows, while something can be reached from elsewhere. */
function* exposures(env: Env, raw: Variables): Generator<Finding> {
  const switches =
    env.freeswitch.hosts.length > 0 ? env.freeswitch.hosts.map((entry) => entry.host) : [env.softswitch.host];
  const remoteSwitch = switches.some((host) => !isLoopback(host));
  const remoteHttp = !isLoopback(env.http.host);
  if (remoteSwitch && env.freeswitch.password === LOOPBACK_SECRETS.FREESWITCH_PASSWORD) {
    yield ['FREESWITCH_PASSWORD', 'must be chosen by you, because the switch is not on loopback'];
  }
  if ((remoteSwitch || remoteHttp) && env.directorySecret === LOOPBACK_SECRETS.DIRECTORY_SECRET) {
    yield ['DIRECTORY_SECRET', 'must be chosen by you, because the server or the switch is not on loopback'];
  }
  if (remoteHttp && raw.SEED_DEMO === 'true') {
    yield ['SEED_DEMO', 'must be false when HTTP_HOST is not on loopback, because everybody knows the demo passwords'];
  }
}

/** True when two sockets of these hosts would meet: the same one, or one that stands for all. */
function isSameAddress(one: string, other: string): boolean {
  const stands = (host: string) => host === '0.0.0.0' || host === '::';
  return one === other || stands(one) || stands(other);
}

/** Ports of one machine that are named twice. */
function* clashes(env: Env): Generator<Finding> {
  if (env.freeswitch.hosts.length > 0) return;
  const { softswitch } = env;
  const taken = new Map<number, SettingName>();
  const ports: readonly (readonly [SettingName, number])[] = [
    ...(isSameAddress(env.http.host, softswitch.host) ? ([['HTTP_PORT', env.http.port]] as const) : []),
    ['SOFTSWITCH_SIP_PORT', softswitch.sipPort],
    ['SOFTSWITCH_TRUNK_PORT', softswitch.trunkPort],
    ['SOFTSWITCH_WS_PORT', softswitch.wsPort],
    ['SOFTSWITCH_EVENT_PORT', softswitch.eventPort],
  ];
  for (const [name, port] of ports) {
    const other = taken.get(port);
    if (other !== undefined) yield [name, `is the same port as ${other}`];
    taken.set(port, name);
  }
}

/** The problems as an operator reads them, all at once. */
export function describeProblems(problems: readonly EnvProblem[]): string {
  const lines = problems.map(
    (problem) => `  ${problem.name} ${problem.what}. Example: ${problem.name}=${problem.example}`,
  );
  const row = ERRORS['config.invalid'];
  return [row.en, row.zh, ...lines, ''].join('\n');
}

/**
 * Reads the environment of this process, and a file `.env` beside it for what the environment does not say.
 * Prints every problem and ends the process with 78 (EX_CONFIG of sysexits.h) when something is wrong. Call it before anything is opened.
 */
export function loadEnv(): Env {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const outcome = parseEnv(process.env, { hostname: hostname(), terminal: process.stdout.isTTY === true });
  if (outcome.kind === 'valid') return outcome.env;
  process.stderr.write(describeProblems(outcome.problems));
  process.exit(78);
}
