/**
 * Splits at `separator` where it stands outside of "quoted strings" and <angle brackets>; parts are trimmed.
 * An unbalanced quote or bracket runs to the end: the part is found malformed by whoever parses it.
 */
export function splitOutside(text: string, separator: ',' | ';'): string[] {
  if (text.indexOf(separator) < 0) return [text.trim()];
  const parts: string[] = [];
  let quoted = false;
  let angled = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = !angled;
    else if (char === '<') angled = true;
    else if (char === '>') angled = false;
    else if (char === separator && !angled) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}
