import { CodedError } from '../../config/errors.ts';
import { hashPassword, SEEDED_ROLES } from '../access/index.ts';
import type { Configuration } from '../engine/index.ts';
import { loadFlows } from '../flows/index.ts';
import { PHONE_AWAY_REASON } from '../shifts/index.ts';
import {
  activateFlowVersion,
  countUsers,
  createUser,
  type Database,
  listActiveFlows,
  saveChoice,
  saveFlowVersion,
  saveRole,
  setEntryAddress,
} from '../store/index.ts';

/** The number that the sample flow answers. */
export const ENTRY_NUMBER = '4000';

const DISPOSITIONS = [
  ['resolved', 'Resolved', '已解决'],
  ['follow-up', 'Needs follow-up', '需跟进'],
  ['order', 'Order placed', '已下单'],
  ['complaint', 'Complaint', '投诉'],
  ['wrong-number', 'Wrong number', '打错电话'],
] as const;

const BREAK_REASONS = [
  ['rest', 'Short break', '小休'],
  ['meal', 'Meal', '用餐'],
  ['training', 'Training', '培训'],
  ['meeting', 'Meeting', '会议'],
  ['no-answer', 'Missed calls', '未接来电'],
  [PHONE_AWAY_REASON, 'Phone not connected', '话机未连接'],
] as const;

const MINUTE_MS = 60_000;

/** Queues of the sample flow. Agents are added by whoever calls. */
export function firstConfiguration(agents: Configuration['agents'] = []): Omit<Configuration, 'version'> {
  const queue = {
    ageing: { pointsPerMinute: 1 },
    offerTimeoutMs: { voice: 20_000 },
    wrapUpMs: { voice: 45_000 },
  } as const;
  return {
    queues: [
      {
        id: 'sales',
        name: { 'zh-CN': '销售', en: 'Sales' },
        ...queue,
        waitingLimits: [{ when: 'waited', ms: 30 * MINUTE_MS, then: { to: 'voicemail' } }],
      },
      {
        id: 'service',
        name: { 'zh-CN': '售后服务', en: 'Service' },
        ...queue,
        waitingLimits: [{ when: 'waited', ms: 30 * MINUTE_MS, then: { to: 'voicemail' } }],
      },
    ],
    agents,
    breakReasons: BREAK_REASONS.map(([id]) => id),
    segments: { vip: { priority: 10 } },
  };
}

/**
 * What an empty database starts with: roles, dispositions, break reasons, the sample flows, and one administrator when a password for
 * it is given. Does nothing in a database that has users. Answers whether it was empty.
 */
export async function seedFirstData(
  db: Database,
  options: { readonly flowsDir: string; readonly adminPassword?: string; readonly locale: 'zh-CN' | 'en' },
): Promise<boolean> {
  for (const role of SEEDED_ROLES) await saveRole(db, role);
  if ((await listActiveFlows(db)).length === 0) await seedFlows(db, options.flowsDir);
  if ((await countUsers(db)) > 0) return false;
  for (const [position, [id, nameEn, nameZh]] of DISPOSITIONS.entries()) {
    await saveChoice(db, 'dispositions', { id, nameEn, nameZh, position, active: true });
  }
  for (const [position, [id, nameEn, nameZh]] of BREAK_REASONS.entries()) {
    await saveChoice(db, 'break_reasons', { id, nameEn, nameZh, position, active: true });
  }
  if (options.adminPassword !== undefined) {
    await createUser(db, {
      userName: 'admin',
      displayName: options.locale === 'en' ? 'Administrator' : '管理员',
      passwordHash: await hashPassword(options.adminPassword),
      locale: options.locale,
      roleIds: ['administrator'],
    });
  }
  return true;
}

async function seedFlows(db: Database, folder: string): Promise<void> {
  const { flows, problems } = await loadFlows(folder);
  const first = problems[0];
  if (first) throw new CodedError('flow.invalid', { path: first.path, problem: first.message });
  for (const flow of flows) {
    const version = await saveFlowVersion(db, {
      flowId: flow.flowId,
      name: flow.name.en,
      definition: flow,
      note: 'sample',
    });
    await activateFlowVersion(db, flow.flowId, version);
    for (const address of flow.numbers) await setEntryAddress(db, { channel: 'voice', address, flowId: flow.flowId });
  }
}
