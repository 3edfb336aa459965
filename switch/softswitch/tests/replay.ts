import { compareStream, isAboutCalls, isOptional, streamOf } from './compare.ts';
import { compareReply } from './compare-reply.ts';
import type { Dictionary } from './dictionary.ts';
import type { Frame } from './frames.ts';
import { RawClient } from './raw-client.ts';
import { readTrace, type TraceLine } from './trace.ts';

/** What a person does with a phone, before the event that shows it. */
export interface HumanAct {
  readonly before: (frame: Frame) => boolean;
  readonly act: () => Promise<void>;
}

/** Longest pause of the recording that is waited for, ms: prompts must have their time. */
const LONGEST_PAUSE_MS = 1500;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Plays the client's part of a recording against the switch, and lists what differs. */
export async function replay(
  trace: string,
  port: number,
  words: Dictionary,
  humans: readonly HumanAct[],
): Promise<string[]> {
  const lines = readTrace(trace);
  const client = new RawClient(port);
  const problems: string[] = [];
  const waiting = [...humans];
  const recordedStreams = new Map<string, Frame[]>();
  let replies = 0;
  let lastMs = 0;
  try {
    for (const line of lines) {
      if (line.from === 'client') {
        await pause(Math.min(Math.max(0, line.atMs - lastMs), LONGEST_PAUSE_MS));
        client.send(words.translate(line.text));
      } else if (line.frame?.kind === 'event') {
        if (!isAboutCalls(line.frame)) continue;
        const human = waiting[0];
        if (human?.before(line.frame)) {
          waiting.shift();
          await pause(Math.min(line.atMs - lastMs, LONGEST_PAUSE_MS));
          await human.act();
        }
        const stuck = await awaitEvent(client, line.frame, recordedStreams, words);
        if (stuck) {
          problems.push(stuck);
          break;
        }
      } else if (line.frame?.kind === 'reply') {
        const index = replies++;
        const reply = await client.until(() => client.replies()[index]);
        problems.push(...compareReply(clientCommandBefore(lines, line), line.text, reply ?? '', words));
      }
      lastMs = line.atMs;
    }
    await client.until(() => client.closed, 500);
  } finally {
    client.close();
  }
  return [...problems, ...compareStreams(recordedStreams, client, words)];
}

/** The command that a reply belongs to: replies come in the order of the commands. */
function clientCommandBefore(lines: readonly TraceLine[], reply: TraceLine): string {
  const commands = lines.filter((line) => line.from === 'client').map((line) => line.text);
  const before = lines.slice(0, lines.indexOf(reply)).filter((line) => line.frame?.kind === 'reply').length;
  return commands[before] ?? '';
}

function streamsHere(client: RawClient): Map<string, Frame[]> {
  const streams = new Map<string, Frame[]>();
  for (const event of client.events()) {
    if (!isAboutCalls(event)) continue;
    const key = streamOf(event);
    streams.set(key, [...(streams.get(key) ?? []), event]);
  }
  return streams;
}

/** Waits for as many events of the same stream as the recording has by now. */
async function awaitEvent(
  client: RawClient,
  frame: Frame,
  recorded: Map<string, Frame[]>,
  words: Dictionary,
): Promise<string | undefined> {
  const key = streamOf(frame);
  const events = [...(recorded.get(key) ?? []), frame];
  recorded.set(key, events);
  if (isOptional(frame)) return undefined;
  const wanted = events.filter((event) => !isOptional(event)).length;
  const id = frame.headers['Unique-ID'];
  if (key.startsWith('channel') && id !== undefined && !words.knows(id)) {
    const known = new Set([...recorded.keys()].map((one) => words.translate(one)));
    const fresh = await client.until(() =>
      [...streamsHere(client).keys()].find((one) => one.startsWith('channel') && !known.has(one)),
    );
    if (fresh === undefined) return `no new channel for ${frame.headers['Event-Name']}`;
    words.learn(id, fresh.slice('channel '.length));
  }
  const count = () =>
    (streamsHere(client).get(words.translate(key)) ?? []).filter((event) => !isOptional(event)).length;
  const came = await client.until(() => count() >= wanted, 10_000);
  return came
    ? undefined
    : `event ${wanted} of ${words.translate(key)} did not come: ${frame.headers['Event-Name']} ${frame.headers['Channel-State'] ?? ''}`;
}

function compareStreams(recorded: ReadonlyMap<string, Frame[]>, client: RawClient, words: Dictionary): string[] {
  const here = streamsHere(client);
  const problems = [...recorded].flatMap(([key, events]) => {
    const found = here.get(words.translate(key)) ?? [];
    return compareStream(events, found, words).map((problem) => `${words.translate(key)}: ${problem}`);
  });
  const expected = new Set([...recorded.keys()].map((key) => words.translate(key)));
  const extra = [...here.keys()].filter((key) => !expected.has(key));
  return [...problems, ...extra.map((key) => `a stream more here: ${key}`)];
}
