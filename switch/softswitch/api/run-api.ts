import type { SwitchCore } from '../core/switch-core.ts';

/** Looking at a leg is not controlling it. */
const LOOKING = new Set(['uuid_dump', 'uuid_exists', 'uuid_getvar']);

/** Runs an `api` command line: name, blank, argument. Gives the body of the reply. */
export async function runApi(sw: SwitchCore, line: string): Promise<string> {
  const at = line.indexOf(' ');
  const name = at < 0 ? line : line.slice(0, at);
  const argument = at < 0 ? '' : line.slice(at + 1);
  const run = sw.apis.get(name.toLowerCase());
  if (!run) return `-ERR ${name} Command not found!\n`;
  if (name.startsWith('uuid_') && !LOOKING.has(name)) {
    for (const word of argument.split(' ', 3)) {
      const session = sw.sessions.get(word);
      if (session) session.controlledAtMs = sw.clock.now();
    }
  }
  return run(sw, argument);
}
