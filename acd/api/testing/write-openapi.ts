import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRig } from './rig.ts';

/** Writes `docs/openapi.json` as the running server says it; `npm run docs:openapi`. */
const rig = await createRig();
const { body } = await rig.visitor().ask('GET /openapi.json');
writeFileSync(join(import.meta.dirname, '../../../docs/openapi.json'), `${JSON.stringify(body, null, 2)}\n`);
await rig.close();
process.stdout.write(`docs/openapi.json: ${Object.keys(body.paths).length} paths\n`);
