import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFlow, type FlowSurroundings } from './check.ts';
import type { Flow, FlowProblem } from './flow.ts';

/** The largest flow file that is read, bytes. */
const MOST_BYTES = 512 * 1024;

export interface LoadedFlows {
  readonly flows: readonly Flow[];
  /** Path of each problem starts with the file's name. */
  readonly problems: readonly FlowProblem[];
}

/** Reads and checks every `*.json` of a folder. Valid flows are returned even when others have problems. */
export async function loadFlows(folder: string, surroundings: FlowSurroundings = {}): Promise<LoadedFlows> {
  const flows: Flow[] = [];
  const problems: FlowProblem[] = [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  for (const name of names) {
    const found = await loadOne(join(folder, name), surroundings);
    if (found.kind === 'valid') flows.push(found.flow);
    else problems.push(...found.problems.map((problem) => ({ ...problem, path: `${name}: ${problem.path}` })));
  }
  problems.push(...clashes(flows));
  return { flows, problems };
}

async function loadOne(path: string, surroundings: FlowSurroundings) {
  const text = await readFile(path, 'utf8');
  if (text.length > MOST_BYTES) {
    return { kind: 'invalid' as const, problems: [{ path: '', message: `larger than ${MOST_BYTES} bytes` }] };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'invalid' as const, problems: [{ path: '', message: 'not JSON' }] };
  }
  return checkFlow(json, surroundings);
}

function clashes(flows: readonly Flow[]): FlowProblem[] {
  const problems: FlowProblem[] = [];
  const ids = new Set<string>();
  const numbers = new Map<string, string>();
  for (const flow of flows) {
    if (ids.has(flow.flowId)) problems.push({ path: `${flow.flowId}: flowId`, message: 'two flows have this name' });
    ids.add(flow.flowId);
    for (const number of flow.numbers) {
      const other = numbers.get(number);
      if (other !== undefined)
        problems.push({ path: `${flow.flowId}: numbers`, message: `${number} already leads to ${other}` });
      numbers.set(number, flow.flowId);
    }
  }
  return problems;
}
