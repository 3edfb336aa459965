/**
 * A process that owns a domain, for tests that kill or pause it: `owner-process.ts <database url or folder> <lease ms>`. It submits contacts as
 * fast as it can, `c<pid>-<n>`, and writes `ack <id>` when a submit is answered, `fault <code>` when it fails, and `owner <epoch>` at the start.
 * What it carries out it writes into the table `carried_out`.
 */
import { isCoded } from '../../../config/errors.ts';
import { silentLogger } from '../../../config/logger.ts';
import { openDatabase } from '../../store/index.ts';
import { openRoutingDomain } from '../index.ts';
import { toyEngines } from './toy-engine.ts';

const [target = '', leaseMs = '2000'] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const isUrl = target.startsWith('postgres:');
const options = isUrl ? { url: target, dataDir: '' } : { dataDir: target };
const database = await openDatabase({ ...options, logger: silentLogger });
await database.query('create table if not exists carried_out (effect_id text, pid int, recovered boolean)');
const domain = await openRoutingDomain({
  domain: 'main',
  nodeName: 'child',
  database,
  engines: toyEngines(),
  logger: silentLogger,
  leaseMs: Number(leaseMs),
  snapshots: { everyEvents: 40 },
  consumers: [
    {
      name: 'test',
      handlers: {
        async 'contact-joined'(effect, { recovered }) {
          const row = [effect.id, process.pid, recovered];
          await database.query('insert into carried_out values ($1, $2, $3)', row);
        },
      },
    },
  ],
  onStopped: (fault) => say(`stopped ${fault.code}`),
});
say(`owner ${domain.epoch}`);
async function submitForEver(lane: number): Promise<void> {
  for (let n = 0; ; n++) {
    const contactId = `c${process.pid}-${lane}-${n}`;
    try {
      await domain.submit({ type: 'contact-enqueued', contactId, queueId: 'q', channel: 'voice' });
      say(`ack ${contactId}`);
    } catch (fault) {
      say(`fault ${isCoded(fault) ? fault.code : 'other'}`);
      if (isCoded(fault, 'journal.stale-owner')) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
await Promise.all([0, 1, 2].map(submitForEver));
