/**
 * The server is killed with SIGKILL at random moments under load with real calls on the embedded switch.
 *
 *     npm run -s test:kill -- --kills 100 [--log FILE]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DESKS, killLoop } from './kill-loop.ts';
import { openPair } from './rig.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '100' }, log: { type: 'string' } } });
// Ended early it still ends what it started: the database ends with the process, by its own listener to `exit`.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));
const rig = await openPair(DESKS);
process.once('exit', () => rig.abandon());
try {
  const { faults, ...result } = await killLoop(rig, Number(values.kills), (line) => console.log(line));
  for (const fault of faults) console.log(fault);
  console.log(JSON.stringify(result));
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  if (values.log !== undefined) writeFileSync(values.log, rig.log());
  await rig.close();
}
