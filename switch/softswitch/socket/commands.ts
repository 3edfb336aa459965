import { randomUUID } from 'node:crypto';
import { runApi } from '../api/run-api.ts';
import { plainEvent } from '../core/build-event.ts';
import { findEventName, type Header } from '../core/event.ts';
import type { EventSocketClient } from './client.ts';
import type { ClientCommand } from './command-reader.ts';
import { apiResponse, commandReply, EVENT_FORMATS } from './event-text.ts';

import { sendMessage } from './send-message.ts';

/** A command of the protocol. Gives the reply's text, or undefined when it has sent its own. */
type Command = (
  listener: EventSocketClient,
  rest: string,
  command: ClientCommand,
) => string | undefined | Promise<string | undefined>;

const LOG_LEVELS: readonly string[] = ['CONSOLE', 'ALERT', 'CRIT', 'ERR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'];

/** Most background jobs that run at once, over all clients. */
const MAX_JOBS = 2000;
let jobs = 0;

const subscribe: Command = (listener, rest) => {
  const words = rest.split(' ').filter(Boolean);
  const { subscription } = listener;
  const format = EVENT_FORMATS.find((one) => one === words[0]?.toLowerCase());
  if (format) subscription.format = format;
  if (subscription.add(format ? words.slice(1) : words) === 0) return '-ERR no keywords supplied';
  subscription.listening = true;
  return `+OK event listener enabled ${subscription.format}`;
};

const filter: Command = (listener, rest) => {
  const [first = '', ...more] = rest.trimStart().split(' ');
  if (first.toLowerCase() === 'delete' && more.length > 0) {
    const [name = '', ...value] = more;
    const text = value.length > 0 ? value.join(' ') : undefined;
    listener.subscription.removeFilter(name, text);
    return `+OK filter deleted. [${name}][${text ?? ''}]`;
  }
  const [name = '', ...value] = first.toLowerCase() === 'add' && more.length > 1 ? more : [first, ...more];
  if (value.length === 0) return '-ERR invalid syntax';
  listener.subscription.addFilter(name, value.join(' '));
  return `+OK filter added. [${name}]=[${value.join(' ')}]`;
};

const api: Command = async (listener, rest) => {
  listener.send(apiResponse((await runApi(listener.sw, rest)) || '-ERR no reply\n'));
  return undefined;
};

const bgapi: Command = (listener, rest, command) => {
  const { sw } = listener;
  if (jobs >= MAX_JOBS) return '-ERR too many background jobs';
  const jobUuid = (command.headers.get('job-uuid') ?? randomUUID()).slice(0, 64);
  const [name = '', ...argument] = rest.split(' ');
  listener.send(commandReply(`+OK Job-UUID: ${jobUuid}`, [`Job-UUID: ${jobUuid}`]));
  jobs++;
  setImmediate(async () => {
    const body = await runApi(sw, rest).catch(() => '-ERR command failed\n');
    jobs--;
    const headers: Header[] = [
      ['Job-UUID', jobUuid],
      ['Job-Command', name],
    ];
    if (argument.length > 0) headers.push(['Job-Command-Arg', argument.join(' ')]);
    sw.bus.publish(plainEvent(sw, 'BACKGROUND_JOB', headers, { body: body || '-ERR no reply\n' }));
  });
  return undefined;
};

const sendEvent: Command = (listener, rest, command) => {
  const id = randomUUID();
  const subclass = command.headers.get('event-subclass');
  const name = findEventName(rest.trim()) ?? 'MESSAGE';
  const own = new Set(['event-subclass', 'content-length']);
  const headers = [...command.headers].filter(([key]) => !own.has(key));
  listener.sw.bus.publish(
    plainEvent(listener.sw, name, [['Event-UUID', id], ...headers], {
      ...(subclass === undefined ? {} : { subclass }),
      ...(command.body === undefined ? {} : { body: command.body }),
    }),
  );
  return `+OK ${id}`;
};

const log: Command = (listener, rest) => {
  const word = rest.trim().toUpperCase() || 'DEBUG';
  const level = /^\d$/.test(word) ? Number(word) : LOG_LEVELS.indexOf(word);
  if (level < 0 || level >= LOG_LEVELS.length) return '-ERR invalid log level';
  listener.logging = true;
  return `+OK log level ${rest.trim()} [${level}]`;
};

/** By the words a command starts with. A word that ends in a blank needs something after it. */
const COMMANDS: readonly (readonly [start: string, run: Command])[] = [
  ['filter ', filter],
  ['sendmsg', (listener, rest, command) => sendMessage(listener.sw, rest, command)],
  ['sendevent', sendEvent],
  ['api ', api],
  ['bgapi ', bgapi],
  ['log', log],
  ['linger', () => '-ERR not controlling a session'],
  ['nolinger', () => '-ERR not controlling a session'],
  [
    'nolog',
    (listener) => {
      const was = listener.logging;
      listener.logging = false;
      return was ? '+OK no longer logging' : '-ERR not loging';
    },
  ],
  ['event', subscribe],
  [
    'nixevent',
    (listener, rest) => {
      if (listener.subscription.remove(rest.split(' ').filter(Boolean)) === 0) return '-ERR no keywords supplied';
      return '+OK events nixed';
    },
  ],
  [
    'noevents',
    (listener) => {
      listener.dropBacklog();
      if (!listener.subscription.listening) return '-ERR not listening for events';
      listener.subscription.clear();
      return '+OK no longer listening for events';
    },
  ],
];

function authenticate(listener: EventSocketClient, line: string): void {
  if (!/^auth /i.test(line)) {
    listener.send(commandReply('-ERR command not found'));
    return;
  }
  if (line.slice(5) !== listener.sw.settings.eventSocket.password) {
    listener.send(commandReply('-ERR invalid'));
    listener.close();
    return;
  }
  listener.authenticated = true;
  listener.sw.unattendedSinceMs = undefined;
  listener.send(commandReply('+OK accepted'));
}

/** Runs one command of a client and sends its reply. */
export async function runCommand(listener: EventSocketClient, command: ClientCommand): Promise<void> {
  const { line } = command;
  if (/^(exit|\.\.\.)/i.test(line)) {
    listener.send(commandReply('+OK bye'));
    listener.close();
    return;
  }
  if (!listener.authenticated) return authenticate(listener, line);
  const lower = line.toLowerCase();
  const found = COMMANDS.find(([start]) => lower.startsWith(start));
  if (!found) {
    listener.send(commandReply('-ERR command not found'));
    return;
  }
  const reply = await found[1](listener, line.slice(found[0].length), command);
  if (reply !== undefined) listener.send(commandReply(reply));
}
