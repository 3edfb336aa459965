import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../tests/services/databases.ts';
import {
  activateFlowVersion,
  addAudit,
  addIdentity,
  addWaitPredictions,
  countUsers,
  createAgent,
  createSession,
  createUser,
  customerOfIdentity,
  deleteExpiredSessions,
  estimatorErrors,
  extendSession,
  findAgentByPhone,
  findFlowForAddress,
  findPhoneCredential,
  findSession,
  findUserForSignIn,
  identitiesOf,
  listAudit,
  listChoices,
  listFlowVersions,
  resolveWaitPredictions,
  saveChoice,
  saveFlowVersion,
  savePhoneCredential,
  saveRole,
  setEntryAddress,
  setUserRoles,
  updateCustomer,
  updateUser,
} from './index.ts';

const T0 = 1_800_000_000_000;

describeOnBothDatabases('people and plans', (db) => {
  it('makes one customer for one new number, however many calls come at once', async () => {
    const identity = { kind: 'phone', value: '+8613900000000' } as const;
    const answers = await Promise.all(Array.from({ length: 12 }, () => customerOfIdentity(db(), identity)));
    expect(new Set(answers.map((answer) => answer.customer.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.isNew)).toHaveLength(1);
    const count = await db().query<{ n: number }>('select count(*) as n from customers');
    expect(count.rows[0]?.n).toBe(1);
  });

  it('gives an identity to one customer only', async () => {
    const one = await customerOfIdentity(db(), { kind: 'email', value: 'a@example.com' });
    const two = await customerOfIdentity(db(), { kind: 'email', value: 'b@example.com' });
    await addIdentity(db(), one.customer.id, { kind: 'chat', value: 'x' });
    await expect(addIdentity(db(), two.customer.id, { kind: 'chat', value: 'x' })).rejects.toMatchObject({
      code: 'store.conflict',
    });
    expect(await identitiesOf(db(), one.customer.id)).toHaveLength(2);
    expect(await updateCustomer(db(), two.customer.id, { tier: 'vip', attributes: { a: 1 } })).toMatchObject({
      tier: 'vip',
    });
    expect(await updateCustomer(db(), two.customer.id, { displayName: '王', attributes: { b: 2 } })).toMatchObject({
      tier: 'vip',
      displayName: '王',
      attributes: { a: 1, b: 2 },
    });
  });

  it('knows users by name in any capitals, with what their roles allow', async () => {
    await saveRole(db(), { id: 'agent', name: 'Agent', permissions: ['desk'] });
    await saveRole(db(), { id: 'lead', name: 'Lead', permissions: ['desk', 'supervise'] });
    const before = await countUsers(db());
    const id = await createUser(db(), { userName: 'Li', displayName: '李', passwordHash: 'h', roleIds: ['agent'] });
    await expect(createUser(db(), { userName: 'LI', displayName: 'x', passwordHash: 'h' })).rejects.toMatchObject({
      code: 'store.conflict',
    });
    expect(await countUsers(db())).toBe(before + 1);
    await setUserRoles(db(), id, ['agent', 'lead']);
    expect(await findUserForSignIn(db(), 'lI')).toMatchObject({
      id,
      passwordHash: 'h',
      locale: 'zh-CN',
      roleIds: ['agent', 'lead'],
      permissions: ['desk', 'supervise'],
    });
    await setUserRoles(db(), id, ['lead']);
    expect((await findUserForSignIn(db(), 'li'))?.roleIds).toEqual(['lead']);
  });

  it('ends sessions by time and when the user is disabled', async () => {
    const userId = await createUser(db(), { userName: 'session', displayName: 's', passwordHash: 'h' });
    await createSession(db(), { tokenHash: 't', userId, expiresAtMs: T0 });
    expect(await findSession(db(), 't', T0 - 1)).toMatchObject({ userId, user: { userName: 'session' } });
    expect(await findSession(db(), 't', T0)).toBeUndefined();
    await extendSession(db(), 't', T0 + 100);
    expect(await findSession(db(), 't', T0)).toBeDefined();
    await updateUser(db(), userId, { disabled: true });
    expect(await findSession(db(), 't', T0)).toBeUndefined();
    expect(await deleteExpiredSessions(db(), T0 + 100)).toBe(1);
  });

  it('keeps agents, their phones and credentials for a shift', async () => {
    const userId = await createUser(db(), { userName: 'agent', displayName: 'Ann', passwordHash: 'h' });
    await createAgent(db(), { id: 'ann', userId, phoneUser: '1001' });
    expect(await findAgentByPhone(db(), '1001')).toMatchObject({ id: 'ann', displayName: 'Ann', active: true });
    await savePhoneCredential(db(), { phoneUser: '1001', realm: 'r', ha1: 'old', expiresAtMs: T0 });
    await savePhoneCredential(db(), { phoneUser: '1001', realm: 'r', ha1: 'new', expiresAtMs: T0 });
    expect(await findPhoneCredential(db(), '1001', T0 - 1)).toMatchObject({ ha1: 'new' });
    expect(await findPhoneCredential(db(), '1001', T0)).toBeUndefined();
  });

  it('numbers flow versions, and finds the active one by address', async () => {
    const versions = await Promise.all(
      [1, 2, 3].map((n) => saveFlowVersion(db(), { flowId: 'f', name: 'Main', definition: { n } })),
    );
    expect([...versions].sort()).toEqual([1, 2, 3]);
    expect(await activateFlowVersion(db(), 'f', 9)).toBe(false);
    await setEntryAddress(db(), { channel: 'voice', address: '*', flowId: 'f' });
    expect(await findFlowForAddress(db(), 'voice', '400')).toBeUndefined();
    await activateFlowVersion(db(), 'f', 2);
    await saveFlowVersion(db(), { flowId: 'g', name: 'Own', definition: {} });
    await activateFlowVersion(db(), 'g', 1);
    await setEntryAddress(db(), { channel: 'voice', address: '400', flowId: 'g' });
    expect(await findFlowForAddress(db(), 'voice', '400')).toMatchObject({ flowId: 'g' });
    expect(await findFlowForAddress(db(), 'voice', '401')).toMatchObject({ flowId: 'f', version: 2, active: true });
    expect((await listFlowVersions(db(), 'f')).map((flow) => flow.active)).toEqual([false, true, false]);
  });

  it('lists choices, audit and the error of estimates', async () => {
    await saveChoice(db(), 'dispositions', { id: 'b', nameEn: 'B', nameZh: '乙', position: 2, active: true });
    await saveChoice(db(), 'dispositions', { id: 'a', nameEn: 'A', nameZh: '甲', position: 3, active: true });
    await saveChoice(db(), 'dispositions', { id: 'a', nameEn: 'A', nameZh: '甲', position: 1, active: false });
    expect((await listChoices(db(), 'dispositions')).map((choice) => [choice.id, choice.active])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    for (const action of ['one', 'two', 'three'])
      await addAudit(db(), { actorId: null, action, objectKind: 'x', objectId: null });
    const newest = await listAudit(db(), { limit: 2 });
    expect(newest.map((entry) => entry.action)).toEqual(['three', 'two']);
    expect((await listAudit(db(), { beforeId: newest[1]!.id })).map((entry) => entry.action)).toEqual(['one']);
    const predictions = [10_000, 4_000].map((predictedMs, n) => ({
      contactId: `c${n}`,
      queueId: 'q',
      estimator: 'queue-length',
      atMs: T0,
      predictedMs,
    }));
    await addWaitPredictions(db(), predictions);
    await addWaitPredictions(db(), predictions);
    for (const contactId of ['c0', 'c1']) {
      await resolveWaitPredictions(db(), { contactId, queueId: 'q', actualMs: 6_000, outcome: 'answered' });
    }
    expect(await estimatorErrors(db(), T0)).toEqual([
      { queueId: 'q', estimator: 'queue-length', samples: 2, meanAbsoluteErrorMs: 3_000, biasMs: 1_000 },
    ]);
  });
});
