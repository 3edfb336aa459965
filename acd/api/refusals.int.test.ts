import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from './openapi/operations.ts';
import { createRig, type Rig, WATCHER } from './testing/rig.ts';
import type { Visitor } from './testing/visitor.ts';

let rig: Rig;
let wang: Visitor;
let watcher: Visitor;
let admin: Visitor;
// biome-ignore lint/suspicious/noExplicitAny: a document is read as it comes
let document: any;
beforeAll(async () => {
  rig = await createRig();
  wang = await rig.signedIn('wang');
  watcher = await rig.signedIn(WATCHER.username, WATCHER.password);
  admin = await rig.signedIn('admin');
  document = (await rig.visitor().ask('GET /openapi.json')).body;
});
afterAll(() => rig?.close());

const OPERATION_NAMES = Object.keys(OPERATIONS);
const GUARDED = OPERATION_NAMES.filter((name) => !OPERATIONS[name]?.open);
const filled = (name: string) => name.replace('{version}', '1').replace(/\{\w+\}/g, 'nothing');

/** What agents may not; supervisors and administrators may. */
const NOT_FOR_AGENTS = GUARDED.filter((name) =>
  ['floor', 'configuration', 'administration'].includes(OPERATIONS[name]?.tag ?? ''),
);
/** What needs an agent's rights. */
const FOR_AGENTS = GUARDED.filter((name) => OPERATIONS[name]?.tag === 'desk');

/** A body that is wrong, and the field that must be named. */
const WRONG: readonly (readonly [name: string, body: unknown, field: string])[] = [
  ['PATCH /session', { locale: 'fr' }, 'locale'],
  ['PUT /session/password', { current: 'x', next: 'short' }, 'next'],
  ['POST /caller-sessions', { displayName: 'x'.repeat(81) }, 'displayName'],
  ['PUT /status', { status: 'asleep' }, 'status'],
  ['POST /contacts/nothing/transfer', { target: { kind: 'number', number: 'abc' } }, 'target.number'],
  ['POST /contacts/nothing/digits', { digits: '12x' }, 'digits'],
  ['PUT /contacts/nothing/wrap-up', { done: 'yes' }, 'done'],
  ['GET /contacts/today?cursor=bm90aGluZw', undefined, 'cursor'],
  ['PATCH /customers/nothing', { vip: 'very' }, 'vip'],
  ['POST /contacts/nothing/assign', {}, 'agentId'],
  ['POST /contacts/nothing/move', { queueId: 1 }, 'queueId'],
  ['POST /contacts/nothing/priority', { priority: 1e9 }, 'priority'],
  ['POST /contacts/nothing/supervise', { mode: 'shout' }, 'mode'],
  ['PUT /agents/wang/status', { status: 'gone' }, 'status'],
  ['PUT /agents/wang/drain', { drain: 1 }, 'drain'],
  ['POST /configuration/check', { baseVersion: 1, note: '' }, 'configuration'],
  ['PUT /configuration', { baseVersion: -1, note: '', configuration: {} }, 'baseVersion'],
  ['GET /configuration/versions/nought', undefined, 'version'],
  ['POST /users', { username: 'a b', displayName: 'A', password: 'long-enough-1', role: 'agent' }, 'username'],
  ['PATCH /users/nothing', { role: 'owner' }, 'role'],
  ['PUT /users/nothing/password', { password: 'short' }, 'password'],
  ['POST /api-tokens', { name: 'x', permissions: ['users.manage'] }, 'permissions.0'],
];

/** Things that do not exist. */
const UNKNOWN: readonly [name: string, body?: unknown][] = [
  ['GET /contacts/nothing'],
  ['GET /customers/nothing'],
  ['GET /customers/nothing/timeline'],
  ['PATCH /customers/nothing', { notes: 'x' }],
  ['GET /recordings/nothing/audio'],
  ['POST /contacts/nothing/hold'],
  ['POST /contacts/nothing/unhold'],
  ['POST /contacts/nothing/hang-up'],
  ['POST /contacts/nothing/transfer', { target: { kind: 'queue', queueId: 'sales' } }],
  ['POST /contacts/nothing/digits', { digits: '1' }],
  ['POST /contacts/nothing/recording/pause'],
  ['POST /contacts/nothing/recording/resume'],
  ['PUT /contacts/nothing/wrap-up', { done: true }],
  ['GET /contacts/nothing/explanation'],
  ['GET /agents/nobody/explanation'],
  ['POST /contacts/nothing/assign', { agentId: 'wang' }],
  ['POST /contacts/nothing/move', { queueId: 'sales' }],
  ['POST /contacts/nothing/priority', { priority: 1 }],
  ['POST /contacts/nothing/pull'],
  ['POST /contacts/nothing/supervise', { mode: 'listen' }],
  ['PUT /agents/nobody/status', { status: 'break' }],
  ['PUT /agents/nobody/drain', { drain: true }],
  ['GET /configuration/versions/99'],
  ['POST /configuration/versions/99/restore'],
  ['PATCH /users/nothing', { displayName: 'X' }],
  ['PUT /users/nothing/password', { password: 'long-enough-1' }],
  ['DELETE /api-tokens/nothing'],
];

describe('the description of the API', () => {
  it('is the file in docs', () => {
    const file = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8'));
    expect(document, 'run `npm run docs:openapi`').toEqual(file);
  });

  it('has words for every route, and no words without one', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual([...OPERATION_NAMES].sort());
  });

  it('is whole: ids, tags, security, answers, bodies and parameters of every operation', () => {
    expect(document.openapi).toMatch(/^3\.1/);
    const ids = new Set<string>();
    const tags = new Set(document.tags.map((tag: { name: string }) => tag.name));
    for (const [path, operations] of Object.entries<Record<string, typeof document>>(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const name = `${method} ${path}`;
        expect(ids.has(operation.operationId), name).toBe(false);
        ids.add(operation.operationId);
        expect(operation.summary, name).toBeTruthy();
        expect(tags.has(operation.tags[0]), name).toBe(true);
        const success = operation.responses['200'] ?? operation.responses['201'];
        const content = Object.values<typeof document>(success.content ?? {})[0];
        expect(Object.keys(content?.schema ?? {}), name).not.toHaveLength(0);
        for (const parameter of path.matchAll(/\{(\w+)\}/g)) {
          const found = operation.parameters?.some(
            (one: typeof document) => one.in === 'path' && one.name === parameter[1],
          );
          expect(found, `${name} ${parameter[1]}`).toBe(true);
        }
      }
    }
    for (const { 1: pointer = '' } of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer.split('/').reduce((at: typeof document, key) => at?.[key], document);
      expect(target, pointer).toBeDefined();
    }
  });
});

describe('who may', () => {
  it.each(GUARDED)('%s asks who is there', async (name) => {
    const answer = await rig.visitor().ask(filled(name));
    expect([answer.status, answer.body.code]).toEqual([401, 'access.signed-out']);
  });

  it.each(NOT_FOR_AGENTS)('%s is not for agents, whatever they send', async (name) => {
    const answer = await wang.ask(filled(name));
    expect([answer.status, answer.body.code]).toEqual([403, 'access.forbidden']);
  });

  it.each(FOR_AGENTS)('%s is for agents only', async (name) => {
    const answer = await watcher.ask(filled(name));
    expect([answer.status, answer.body.code]).toEqual([403, 'access.forbidden']);
  });

  it.each(FOR_AGENTS.filter((name) => !name.includes('{') || name.includes('hold')))(
    '%s needs an agent behind the person',
    async (name) => {
      const answer = await admin.ask(filled(name), name === 'PUT /status' ? { body: { status: 'break' } } : {});
      expect([answer.status, answer.body.code]).toEqual([403, 'access.forbidden']);
    },
  );
});

describe('what is wrong', () => {
  it.each(WRONG)('%s with %j names %s', async (name, body, field) => {
    const chen = OPERATIONS[name.replace('/nothing', '/{contactId}')]?.tag === 'desk' ? await agent() : admin;
    const asker = name.includes('today') ? await agent() : chen;
    const answer = await asker.ask(name, { body });
    expect([answer.status, answer.body.code]).toEqual([400, 'request.invalid']);
    expect(answer.body.fields.map((one: { path: string }) => one.path)).toContain(field);
  });

  it.each(UNKNOWN)('%s is not found', async (name: string, body?: unknown) => {
    const forDesk = Object.keys(OPERATIONS).some((one) => OPERATIONS[one]?.tag === 'desk' && filled(one) === name);
    const pulls = name.endsWith('/pull') || name.endsWith('/supervise');
    const asker = forDesk || pulls ? await agent(pulls ? 'chen' : 'wang') : admin;
    const answer = await asker.ask(name, body === undefined ? {} : { body });
    expect([answer.status, answer.body.code]).toEqual([404, 'thing.not-found']);
  });
});

const agents = new Map<string, Visitor>();
async function agent(username = 'wang'): Promise<Visitor> {
  const known = agents.get(username) ?? (await rig.signedIn(username));
  agents.set(username, known);
  return known;
}
