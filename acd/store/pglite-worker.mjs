// Runs PGlite off the main thread, because a query blocks its thread for its whole run. Plain JavaScript, because a worker thread on
// Node 20 does not inherit the TypeScript loader of its parent. The main thread sends one request at a time (see pglite.ts).
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';

const database = await PGlite.create({
  ...(workerData.folder === undefined ? {} : { dataDir: workerData.folder }),
  parsers: {
    [types.INT8]: (text) => Number(text),
    [types.TIMESTAMPTZ]: (text) => new Date(text).getTime(),
    [types.NUMERIC]: (text) => text,
  },
}).catch((fault) => {
  parentPort.postMessage({ kind: 'failed', message: String(fault?.message ?? fault) });
  process.exit(1);
});
await database.exec("set timezone to 'UTC'");
parentPort.postMessage({ kind: 'ready' });

parentPort.on('message', async (request) => {
  try {
    if (request.kind === 'close') {
      await database.close();
      parentPort.postMessage({ id: request.id, rows: [], changed: 0 });
      parentPort.close();
      return;
    }
    const result = await database.query(request.sql, request.parameters);
    parentPort.postMessage({ id: request.id, rows: result.rows, changed: result.affectedRows ?? 0 });
  } catch (fault) {
    const { code, constraint, table, message } = fault;
    parentPort.postMessage({
      id: request.id,
      fault: { code: code ?? 'XX000', constraint, table, message: String(message) },
    });
  }
});
