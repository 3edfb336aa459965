import type { Timer } from '../../../../config/clock.ts';
import type { Core } from '../core.ts';

const SWEEP_MS = 5_000;
/** A message that began must be whole by then: half-sent ones would hold connections for ever. */
const PARTIAL_LIMIT_MS = 10_000;
const PROBE_EVERY_SWEEPS = 5;

/**
 * Closes connections that are idle and carry no binding and no call, that keep half a message back, or that don't answer
 * a WebSocket ping (each 25 s, so that a page that died frees its binding within a minute).
 */
export function watchConnections(core: Core): { close(): void } {
  let timer: Timer;
  let sweeps = 0;
  const sweep = (): void => {
    sweeps++;
    const nowMs = core.clock.now();
    for (const connection of [...core.connections.keys()]) {
      const { flow, lastHeardMs, partialSinceMs } = connection;
      const stuck = partialSinceMs !== undefined && nowMs - partialSinceMs > PARTIAL_LIMIT_MS;
      const idle =
        nowMs - lastHeardMs > core.limits.connectionIdleMs &&
        !core.bindings.onFlow(flow) &&
        !carriesCall(core, flow.host, flow.port);
      const dead = sweeps % PROBE_EVERY_SWEEPS === 0 && !connection.probe();
      if (stuck || idle || dead) connection.close();
    }
    timer = core.clock.after(SWEEP_MS, sweep);
  };
  timer = core.clock.after(SWEEP_MS, sweep);
  return { close: () => timer.cancel() };
}

function carriesCall(core: Core, host: string, port: number): boolean {
  for (const { remote } of core.calls.values()) if (remote.host === host && remote.port === port) return true;
  return false;
}
