import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const ROOMS = ['config', 'media', 'switch', 'acd'] as const;

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'node_modules' || name === 'dist') return [];
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !name.endsWith('.d.ts') ? [relative(root, path)] : [];
  });
}

const isTest = (path: string) => /\.(test|bench)\.tsx?$|(^|\/)(tests?|testing|proof|fixtures)\//.test(path);
const files = [...ROOMS, 'agent-ui'].flatMap((room) => (existsSync(join(root, room)) ? sources(join(root, room)) : []));
const product = files.filter((path) => !isTest(path));

/** `import … from 'x'`, `export … from 'x'`, `import 'x'` at the beginning of a line, and `import('x')` anywhere. */
const IMPORT = /^(?:import|export)\s(?:[^;'"]*?\sfrom\s+)?'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/gm;

/** What a file imports, as written; type-only imports count, they bind rooms too. */
function specifiersOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

/** Relative imports of a file, as paths from the root. */
function importsOf(path: string): string[] {
  return specifiersOf(path)
    .filter((target) => target.startsWith('.'))
    .map((target) => normalize(join(dirname(path), target)));
}

const roomOf = (path: string) => path.split('/')[0] ?? '';
/** The room within a room: `acd/engine`, `switch/event-socket`, `media/rtp`. */
const innerRoomOf = (path: string) => {
  const parts = path.split('/');
  return parts.length > 2 ? `${parts[0]}/${parts[1]}` : (parts[0] ?? '');
};

describe('the house', () => {
  it('has files to look at', () => {
    expect(product.length).toBeGreaterThan(50);
  });

  it('imports run one way: config ← media ← switch ← acd', () => {
    const wrong: string[] = [];
    for (const path of product) {
      const from = ROOMS.indexOf(roomOf(path) as (typeof ROOMS)[number]);
      if (from < 0) continue;
      for (const target of importsOf(path)) {
        const to = ROOMS.indexOf(roomOf(target) as (typeof ROOMS)[number]);
        if (to > from || roomOf(target) === 'agent-ui') wrong.push(`${path} → ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('rooms are entered by their door', () => {
    const wrong: string[] = [];
    for (const path of product.filter((file) => roomOf(file) !== 'agent-ui')) {
      for (const target of importsOf(path)) {
        const from = innerRoomOf(path);
        const to = innerRoomOf(target);
        if (from === to || roomOf(target) === 'config') continue;
        const depth = target.split('/').length;
        const isDoor = target.endsWith('/index.ts') || depth <= 2 || target.startsWith('acd/api/contract/');
        if (!isDoor) wrong.push(`${path} → ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('the engine imports nothing but its own files', () => {
    const wrong: string[] = [];
    // `proof/` holds what the engine's tests are made of: random histories and their laws.
    const engine = product.filter((file) => file.startsWith('acd/engine/') && !file.startsWith('acd/engine/proof/'));
    for (const path of engine) {
      const text = readFileSync(join(root, path), 'utf8');
      for (const target of specifiersOf(path)) {
        if (!target.startsWith('.')) wrong.push(`${path} → ${target}`);
        else if (!normalize(join(dirname(path), target)).startsWith('acd/engine/')) wrong.push(`${path} → ${target}`);
      }
      for (const impure of ['Date.now', 'Math.random', 'setTimeout', 'setInterval', 'process.', 'performance.']) {
        if (text.includes(`${impure}`)) wrong.push(`${path} uses ${impure}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('pages import the contract and nothing else of the server', () => {
    const wrong = product
      .filter((path) => roomOf(path) === 'agent-ui')
      .flatMap((path) =>
        importsOf(path)
          .filter((target) => roomOf(target) !== 'agent-ui' && !target.startsWith('acd/api/contract'))
          .map((target) => `${path} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('there is no circle', () => {
    const graph = new Map(product.map((path) => [path, importsOf(path)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: string[]): void => {
      const at = trail.indexOf(path);
      if (at >= 0) {
        circles.push([...trail.slice(at), path].join(' → '));
        return;
      }
      if (done.has(path)) return;
      for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of graph.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });

  it('the environment is read in config only', () => {
    const wrong = product.filter(
      (path) => roomOf(path) !== 'config' && readFileSync(join(root, path), 'utf8').includes('process.env'),
    );
    expect(wrong).toEqual([]);
  });

  it('FreeSWITCH words stay with what speaks them', () => {
    const words =
      /\b(uuid_\w+|bgapi|sendmsg|CHANNEL_(?:CREATE|ANSWER|PARK|UNPARK|BRIDGE|UNBRIDGE|HANGUP|DESTROY|EXECUTE|STATE|CALLSTATE)\w*|sofia_contact|play_and_get_digits)\b/;
    const wrong = product.filter(
      (path) =>
        !path.startsWith('switch/event-socket/') &&
        !path.startsWith('switch/softswitch/') &&
        words.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('no file gathers leftovers', () => {
    const names = /(^|\/)(utils?|helpers?|common|manager|misc)(\/|\.tsx?$)/;
    expect(files.filter((path) => names.test(path))).toEqual([]);
  });
});
