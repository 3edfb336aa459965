/** Undoes percent-encoding. What isn't a valid sequence stays as it is: a switch sends a stray `%` in some replies. */
export function decodeValue(raw: string): string {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}

/** Calls `take` for every `name: value` line. The value begins after the first colon and may hold more of them. */
export function eachHeaderLine(block: string, take: (name: string, value: string) => void): void {
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    take(line.slice(0, colon), value.endsWith('\r') ? value.slice(0, -1) : value);
  }
}
