import { randomUUID } from 'node:crypto';
import { hashPassword } from '../access/index.ts';
import type { Configuration } from '../engine/index.ts';
import {
  addIdentity,
  closeContact,
  createAgent,
  createContact,
  createUser,
  type Database,
  endContact,
  insertCustomer,
  nextSegment,
  updateContact,
} from '../store/index.ts';

/** Everybody may know it: demo users exist on loopback only. */
export const DEMO_PASSWORD = 'tandem-demo';

export const DEMO_USERS = [
  { username: 'wang', displayName: '王芳', role: 'agent', agentId: 'wang', phoneUser: '1001' },
  { username: 'li', displayName: '李强', role: 'agent', agentId: 'li', phoneUser: '1002' },
  { username: 'chen', displayName: '陈敏', role: 'supervisor', agentId: 'chen', phoneUser: '1003' },
  { username: 'admin', displayName: '管理员', role: 'administrator' },
] as const;

/** Skills and queues of the demo's agents. */
export const DEMO_AGENTS: NonNullable<Configuration['agents']> = [
  { id: 'wang', skills: { zh: 9, en: 6, refund: 8 }, queues: [{ queueId: 'service' }, { queueId: 'sales' }] },
  { id: 'li', skills: { zh: 9, sales: 7 }, queues: [{ queueId: 'sales' }] },
  { id: 'chen', skills: { zh: 9, en: 8 }, queues: [] },
];

const DAY_MS = 86_400_000;

/** Fills an empty installation with people, a customer and a past, so that a newcomer's first call shows something. */
export async function seedDemo(db: Database, nowMs: number, locale: 'zh-CN' | 'en'): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  for (const user of DEMO_USERS) {
    const userId = await createUser(db, {
      userName: user.username,
      displayName: user.displayName,
      passwordHash,
      locale,
      roleIds: [user.role],
    });
    if ('agentId' in user) await createAgent(db, { id: user.agentId, userId, phoneUser: user.phoneUser });
  }
  const customer = await insertCustomer(db, {
    displayName: '林晓雨',
    locale: 'zh-CN',
    tier: 'vip',
    attributes: {
      tags: ['会员', 'gold'],
      notes: '订单 20261118-042 · 偏好下午联系 / prefers to be called in the afternoon',
    },
  });
  await addIdentity(db, customer.id, { kind: 'phone', value: '+8613800001234' });
  await pastContact(db, customer.id, {
    startedAtMs: nowMs - 9 * DAY_MS,
    queueId: 'sales',
    agentId: 'li',
    talkMs: 192_000,
    dispositionId: 'order',
    notes: '购买扫地机器人一台，确认周四送货。 Ordered one robot vacuum, delivery on Thursday.',
    reason: '购买咨询',
  });
  await pastContact(db, customer.id, {
    startedAtMs: nowMs - 3 * DAY_MS,
    queueId: 'service',
    agentId: 'wang',
    talkMs: 341_000,
    dispositionId: 'follow-up',
    notes: '主刷有异响，已安排换新。 The main brush is noisy; a replacement is on its way.',
    reason: '退款或售后',
  });
}

/** The customer who stands behind callers of the demo's caller page. */
export const DEMO_CUSTOMER_NUMBER = '+8613800001234';

async function pastContact(
  db: Database,
  customerId: string,
  past: {
    readonly startedAtMs: number;
    readonly queueId: string;
    readonly agentId: string;
    readonly talkMs: number;
    readonly dispositionId: string;
    readonly notes: string;
    readonly reason: string;
  },
): Promise<void> {
  const id = randomUUID();
  const { startedAtMs, queueId, agentId } = past;
  const queuedAtMs = startedAtMs + 21_000;
  const answeredAtMs = queuedAtMs + 14_000;
  const endedAtMs = answeredAtMs + past.talkMs;
  await createContact(db, {
    id,
    channel: 'voice',
    direction: 'inbound',
    customerId,
    remoteAddress: DEMO_CUSTOMER_NUMBER,
    localAddress: '4000',
    flowId: 'main',
    startedAtMs,
    first: { kind: 'flow', flowId: 'main' },
  });
  await nextSegment(db, id, { kind: 'queue', queueId, atMs: queuedAtMs, why: 'queued' });
  await nextSegment(db, id, { kind: 'agent', queueId, agentId, atMs: answeredAtMs, why: 'answered' });
  await updateContact(db, id, {
    answeredAtMs,
    dispositionId: past.dispositionId,
    notes: past.notes,
    reason: past.reason,
  });
  await endContact(db, id, { atMs: endedAtMs, outcome: 'answered', cause: 'normal' });
  await closeContact(db, id, endedAtMs + 25_000);
}
