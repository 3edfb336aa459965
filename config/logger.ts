import { type Logger as PinoLogger, pino } from 'pino';

/** A structured log. Messages are static; what differs goes into fields. No names, numbers, secrets, or audio. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'> & {
  child(fields: Record<string, unknown>): Logger;
};

/** Levels in order of importance. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields that are never written, wherever they stand in an object of up to two levels. */
const REDACTED = ['password', 'secret', 'token', 'authorization', 'cookie', 'phone', 'callerNumber', 'email'];

/**
 * Makes the process's log: lines of JSON on standard output, or readable lines when `pretty`.
 * Redaction is a second line of defence; the first is not to pass such fields.
 */
export function createLogger(options: { level: LogLevel; pretty?: boolean; name?: string }): Logger {
  return pino({
    level: options.level,
    ...(options.name === undefined ? {} : { name: options.name }),
    redact: { paths: REDACTED.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    ...(options.pretty
      ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' } } }
      : {}),
  });
}

/** A log that keeps nothing. */
export const silentLogger: Logger = pino({ level: 'silent' });
