import { expect, it } from 'vitest';
import { silentLogger } from '../../config/logger.ts';
import { describeOnBothDatabases } from '../../tests/services/databases.ts';
import type { Effect, Engine, EngineEvent } from '../engine/index.ts';
import { type Database, releaseLease, takeLease } from '../store/index.ts';
import { type EffectConsumer, openRoutingDomain, pureEngines, settleConfiguration } from './index.ts';

let domains = 0;
function open(database: Database, domain: string, consumers: readonly EffectConsumer[] = [], everyEvents = 1_000_000) {
  return openRoutingDomain({
    domain,
    nodeName: 'node',
    database,
    engines: pureEngines,
    consumers,
    logger: silentLogger,
    leaseMs: 2_000,
    snapshots: { everyEvents },
  });
}

const stateText = (engine: Engine) => JSON.stringify(engine.snapshot());

const configuration = {
  queues: [{ id: 'sales', strategy: { kind: 'random' } }],
  agents: ['ann', 'bob', 'eve'].map((id) => ({ id, queues: [{ queueId: 'sales' }] })),
};

/** A working day in small: agents come, contacts are offered, taken, refused and left. */
async function work(domain: Awaited<ReturnType<typeof open>>): Promise<void> {
  for (const agentId of ['ann', 'bob', 'eve']) {
    await domain.submit({ type: 'agent-signed-in', agentId, status: 'available' });
  }
  for (let n = 0; n < 20; n++) {
    const contactId = `c${n}`;
    const effects = await domain.submit({ type: 'contact-enqueued', contactId, queueId: 'sales', channel: 'voice' });
    const offer = effects.find((effect) => effect.type === 'offer');
    const next: EngineEvent = !offer
      ? { type: 'contact-abandoned', contactId }
      : n % 3 === 0
        ? { type: 'offer-declined', offerId: offer.offerId }
        : { type: 'offer-accepted', offerId: offer.offerId };
    await domain.submit(next);
    if (next.type === 'offer-accepted' && n % 2 === 0) {
      await domain.submit({ type: 'assignment-ended', contactId, agentId: offer?.agentId ?? '' });
    }
  }
}

/** Takes the domain from its owner as if the owner were gone, and leaves the lease free. */
async function wrest(database: Database, domain: string): Promise<void> {
  const name = `routing ${domain}`;
  await takeLease(database, { name, owner: 'end', leaseMs: 60_000, seize: true });
  await releaseLease(database, { name, owner: 'end' });
}

describeOnBothDatabases('recovery of the routing engine', (db) => {
  it.each([
    ['the whole journal', 1_000_000],
    ['a snapshot and what follows it', 7],
  ])('gives the same engine from %s', async (_, everyEvents) => {
    const name = `recovered${++domains}`;
    const first = await open(db(), name, [], everyEvents);
    await settleConfiguration({ database: db(), domain: first, engines: pureEngines }, configuration);
    await work(first);
    const before = first.read(stateText);
    await wrest(db(), name);
    const second = await open(db(), name);
    expect(JSON.parse(second.read(stateText))).toEqual(JSON.parse(before));
    const next: EngineEvent = { type: 'contact-enqueued', contactId: 'next', queueId: 'sales', channel: 'voice' };
    expect((await second.submit(next)).length).toBeGreaterThan(0);
    await second.close();
    await first.close();
  });

  it('carries out what is left of the moment only while it holds', async () => {
    const name = `recovered${++domains}`;
    const first = await open(db(), name);
    await settleConfiguration({ database: db(), domain: first, engines: pureEngines }, configuration);
    await first.submit({ type: 'agent-signed-in', agentId: 'ann', status: 'available' });
    await first.submit({ type: 'agent-signed-in', agentId: 'bob', status: 'available' });
    const enqueue = (contactId: string): EngineEvent => ({
      type: 'contact-enqueued',
      contactId,
      queueId: 'sales',
      channel: 'voice',
    });
    await first.submit(enqueue('gone'));
    await first.submit(enqueue('rings'));
    await first.submit({ type: 'contact-abandoned', contactId: 'gone' });
    await wrest(db(), name);
    const offered: [string, boolean][] = [];
    const ended: string[] = [];
    const handlers: EffectConsumer['handlers'] = {
      offer: (effect, { recovered }) => void offered.push([effect.contactId, recovered]),
      'contact-ended': (effect: Effect & { contactId: string }) => void ended.push(effect.contactId),
    };
    const second = await open(db(), name, [{ name: 'voice', handlers }]);
    await second.idle();
    // The agent who is free again may be offered nothing else: only the standing offer is repeated.
    expect(offered).toEqual([['rings', true]]);
    expect(ended).toEqual(['gone']);
    await second.close();
    await first.close();
  });

  it('replays the whole journal when the snapshot cannot be read, and carries nothing out twice', async () => {
    const name = `recovered${++domains}`;
    const ran: string[] = [];
    const consumer: EffectConsumer = {
      name: 'x',
      handlers: { 'contact-ended': (effect) => void ran.push(effect.contactId) },
    };
    const first = await open(db(), name, [consumer]);
    await settleConfiguration({ database: db(), domain: first, engines: pureEngines }, configuration);
    await work(first);
    const before = first.read(stateText);
    await first.close();
    const ranBefore = ran.length;
    await db().query(`update engine_snapshots set state = '{"format":0}' where domain = $1`, [name]);
    const second = await open(db(), name, [consumer]);
    await second.idle();
    expect(JSON.parse(second.read(stateText))).toEqual(JSON.parse(before));
    expect(ran).toHaveLength(ranBefore);
    await second.close();
    await db().query(`update engine_snapshots set state = '{"format":0}' where domain = $1`, [name]);
    await db().query('delete from engine_journal where domain = $1 and seq = 1', [name]);
    await expect(open(db(), name)).rejects.toMatchObject({ code: 'store.migration' });
  });
});
