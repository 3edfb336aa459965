import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { agentOf, type BenchContact, contactOf, generator, percentile } from './engine-work.ts';

/**
 * Waiting contacts in sorted sets, one per queue, skill and level; a freed agent takes the best over those it can serve, atomically.
 * The usual shape of routing on Redis.
 */
const LIBRARY = `#!lua name=routing
redis.register_function('enqueue', function(keys, args)
  return redis.call('ZADD', keys[1], args[1], args[2])
end)
redis.register_function('take', function(keys, args)
  local best, at = nil, nil
  for index, key in ipairs(keys) do
    local head = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    if head[2] and (best == nil or tonumber(head[2]) < best) then
      best = tonumber(head[2])
      at = index
    end
  end
  if at == nil then return false end
  return redis.call('ZPOPMIN', keys[at])[1]
end)`;

const LEVELS = 5;

function keyOf(queueId: string, skill: string | undefined, min: number): string {
  return skill === undefined ? `w:${queueId}` : `w:${queueId}:${skill}:${min}`;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** One line of figures, or why there are none. Starts its own server on loopback and stops it again. */
export async function redisMatcher(agentCount: number, waiting: number, queues: number): Promise<string> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'tandem-bench-redis-'));
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  );
  const failed = new Promise<'failed'>((resolve) => server.once('error', () => resolve('failed')));
  try {
    const client = createClient({
      socket: {
        host: '127.0.0.1',
        port,
        connectTimeout: 2_000,
        reconnectStrategy: (tries) => (tries > 50 ? false : 100),
      },
    });
    client.on('error', () => undefined);
    if ((await Promise.race([client.connect(), failed])) === 'failed') return 'redis-server is not installed';
    await client.sendCommand(['FUNCTION', 'LOAD', 'REPLACE', LIBRARY]);
    const draw = generator(7);
    const agents = Array.from({ length: agentCount }, (_, index) => agentOf(draw, index, queues));
    const enqueue = (contact: BenchContact, order: number) =>
      client.sendCommand([
        'FCALL',
        'enqueue',
        '1',
        keyOf(contact.queueId, contact.skill, contact.min),
        String(order - contact.priority * 1e6),
        contact.id,
      ]);
    for (let at = 0; at < waiting; at += 1_000) {
      await Promise.all(
        Array.from({ length: Math.min(1_000, waiting - at) }, (_, index) =>
          enqueue(contactOf(draw, at + index, queues), at + index),
        ),
      );
    }
    const events = 10_000;
    const times = new Float64Array(events);
    const startedAt = process.hrtime.bigint();
    for (let index = 0; index < events; index++) {
      const before = process.hrtime.bigint();
      if (index % 2 === 0) await enqueue(contactOf(draw, waiting + index, queues), waiting + index);
      else {
        const { queueIds, skills } = agents[draw(agentCount)]!;
        const keys: string[] = [];
        for (const queueId of queueIds) {
          keys.push(keyOf(queueId, undefined, 0));
          for (const [skill, level] of Object.entries(skills))
            for (let min = 1; min <= Math.min(level, LEVELS); min++) keys.push(keyOf(queueId, skill, min));
        }
        await client.sendCommand(['FCALL', 'take', String(keys.length), ...keys]);
      }
      times[index] = Number(process.hrtime.bigint() - before) / 1e6;
    }
    const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
    times.sort();
    client.destroy();
    return `${Math.round(events / seconds)} events/s, p50 ${percentile(times, 50).toFixed(3)} ms, p99 ${percentile(times, 99).toFixed(3)} ms`;
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
