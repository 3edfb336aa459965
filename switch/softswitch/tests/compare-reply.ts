import type { Dictionary } from './dictionary.ts';

/** Facts of the machine, the moment or the build, which no two runs share. */
const BLURRED: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/^UP .*$/m, 'UP (duration)'],
  [/^\d+ session\(s\) since startup$/m, 'N session(s) since startup'],
  [/^\d+ session\(s\) - peak .*$/m, 'N session(s) - peak'],
  [/^\d+ session\(s\) per Sec out of max (\d+).*$/m, 'per Sec out of max'],
  [/^min idle cpu .*$/m, 'min idle cpu'],
  [/^(Core-UUID|FreeSWITCH-IPv[46]|Event-Date-[A-Za-z]+|Event-Calling-[A-Za-z-]+|Event-Sequence): .*$/gm, '$1'],
  [/"created":"[^"]*","created_epoch":"\d+"/g, '"created"'],
  [/Content-Length: \d+/, 'Content-Length: N'],
  [/"(run_time|join_time|last_talking)":\t\d+/g, '"$1"'],
  [/"talking":\t(true|false)/g, '"talking"'],
  [/\|talking/g, ''],
  [/"id":\t\d+/g, '"id"'],
  [/^\d+;/gm, 'ID;'],
  [/^(\+OK (?:mute|hup)) \d+$/gm, '$1 ID'],
];

function blur(text: string): string {
  return BLURRED.reduce((out, [pattern, word]) => out.replace(pattern, word), text);
}

/** The headers that both a recorded dump and one of here must name. */
const DUMPED = [
  'Event-Name',
  'Channel-State',
  'Channel-Call-State',
  'Unique-ID',
  'Answer-State',
  'Caller-Destination-Number',
];

function compareDump(recorded: string, here: string, words: Dictionary): string[] {
  const readHeader = (text: string, name: string) =>
    new RegExp(`^${name}: (.*)$|"${name}":"([^"]*)"`, 'm')
      .exec(text)
      ?.slice(1)
      .find((one) => one !== undefined);
  return DUMPED.flatMap((name) => {
    const [left, right] = [words.translate(readHeader(recorded, name) ?? '(none)'), readHeader(here, name)];
    return left === right ? [] : [`dump ${name}: recorded ${left}, here ${right ?? '(none)'}`];
  });
}

/** Lists how a reply differs from the recorded one. What cannot be the same (times, counts, ids) is blurred first. */
export function compareReply(command: string, recorded: string, here: string, words: Dictionary): string[] {
  if (/^(api sofia_contact|api create_uuid)/.test(command)) {
    const [left, right] = [recorded, here].map((text) => text.slice(text.indexOf('\n\n') + 2));
    if (!/^sofia\/|^[0-9a-f-]{36}$/.test(right ?? '') && left !== right) return [`${command}: here ${right}`];
    words.learn(left ?? '', right ?? '');
    const [from, to] = [left, right].map((text) => /sip:(([^@]+)@(\S+))/.exec(text ?? ''));
    if (from && to) for (const part of [1, 2, 3]) words.learn(from[part] ?? '', to[part] ?? '');
    return [];
  }
  words.learnIds(recorded, here);
  if (command.startsWith('api uuid_dump') && !recorded.includes('-ERR')) return compareDump(recorded, here, words);
  const [left, right] = [blur(words.translate(recorded)), blur(here)];
  return left === right ? [] : [`${command}: recorded ${JSON.stringify(left)}, here ${JSON.stringify(right)}`];
}
