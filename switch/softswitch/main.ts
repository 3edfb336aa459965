import { CodedError } from '../../config/errors.ts';
import { createLogger } from '../../config/logger.ts';
import { takeSoftswitchSettings } from '../../config/softswitch-env.ts';
import { type SoftswitchSettings, softswitchSettings } from './settings.ts';
import { type Softswitch, startSoftswitch } from './softswitch.ts';

/** The process ends by force when closing takes longer, ms. */
const CLOSE_LIMIT_MS = 8000;
/** How often the parent is looked for, ms. */
const PARENT_EVERY_MS = 500;

/** Reads the settings: JSON in the environment variable `TANDEM_SOFTSWITCH`, else in the first argument. */
function readSettings(): SoftswitchSettings {
  const text = takeSoftswitchSettings() ?? process.argv[2] ?? '{}';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new CodedError('config.invalid', { problem: 'the settings are not JSON' }, cause);
  }
  const parsed = softswitchSettings.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`);
  throw new CodedError('config.invalid', { problem: problems.join('; ') });
}

function say(line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Lets the process be ended: by SIGTERM or SIGINT, by the parent's message `close`, and with the parent when told so. */
function listenForEnd(settings: SoftswitchSettings, running: Softswitch): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    const force = setTimeout(() => process.exit(1), CLOSE_LIMIT_MS);
    force.unref();
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('message', (message) => {
    if (message === 'close') end();
  });
  // Whoever started this may be gone while calls go on: a broken pipe must not end them.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  if (!settings.dieWithParent) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, PARENT_EVERY_MS).unref();
}

async function main(): Promise<void> {
  const settings = readSettings();
  const logger = createLogger({ level: settings.logLevel, name: 'softswitch' });
  const running = await startSoftswitch(settings, logger);
  listenForEnd(settings, running);
  process.on('unhandledRejection', (cause) => logger.error({ err: cause }, 'a promise failed and nobody listened'));
  say({ ready: true, pid: process.pid, coreUuid: running.coreUuid, ports: running.ports });
}

main().catch((cause: unknown) => {
  const problem = cause instanceof CodedError ? { code: cause.code, message: cause.message, ...cause.fields } : {};
  say({ ready: false, code: 'internal', ...problem });
  process.exit(1);
});
