import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ApiDependencies } from './dependencies.ts';

/** Seconds; the goal at the 99th percentile is 0.1. */
const DURATION_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What operations watch: requests, calls, queues, the journal, and the process itself (event loop lag, memory, garbage collection). */
export function createMetrics(
  app: FastifyInstance,
  deps: Pick<ApiDependencies, 'load' | 'views' | 'health'>,
): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'tandem_http_request_seconds',
    help: 'Time from the request to the end of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  app.addHook('onResponse', async (request, reply) => {
    // Unknown addresses share one label, so that nobody can fill the memory with made-up paths.
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
  });

  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('tandem_calls_up', 'Calls that are up.', () => deps.load().callsUp);
  gauge('tandem_journal_queued', 'Routing events that wait to be journaled.', () => deps.load().journalQueued);
  gauge('tandem_page_sockets', 'Live connections of pages.', () => deps.load().pageSockets);
  new Gauge({
    name: 'tandem_queue_waiting',
    help: 'Contacts that wait, by queue.',
    labelNames: ['queue'],
    registers,
    collect() {
      this.reset();
      for (const { queueId, waiting } of deps.views.queueSummaries()) this.set({ queue: queueId }, waiting);
    },
  });
  new Gauge({
    name: 'tandem_part_up',
    help: '1 while the part is there.',
    labelNames: ['part'],
    registers,
    collect() {
      for (const [part, up] of Object.entries(deps.health())) this.set({ part }, up ? 1 : 0);
    },
  });
  return registry;
}
