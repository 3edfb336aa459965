/** Cuts an argument at blanks into at most `most` words; the last one keeps the rest. Quotes `'…'` hold a word together. */
export function splitArguments(text: string, most: number): string[] {
  const words: string[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    if (words.length === most - 1) {
      words.push(unquote(rest.trimEnd()));
      break;
    }
    const quoted = /^'((?:[^'\\]|\\.)*)'(?=\s|$)/.exec(rest);
    const word = quoted ? quoted[0] : (/^\S+/.exec(rest)?.[0] ?? '');
    words.push(unquote(word));
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}

function unquote(word: string): string {
  return word.length >= 2 && word.startsWith("'") && word.endsWith("'") ? word.slice(1, -1) : word;
}

export const NO_SUCH_CHANNEL = '-ERR No such channel!\n';
export const NO_SUCH_SESSION = '-ERR Cannot locate session!\n';
export const OK = '+OK\n';
export const OK_SUCCESS = '+OK Success\n';
export const FAILED = '-ERR Operation failed\n';

export function usage(syntax: string): string {
  return `-USAGE: ${syntax}\n`;
}
