import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hashPassword } from '../../acd/access/index.ts';
import { firstConfiguration, seedFirstData } from '../../acd/main/first-data.ts';
import {
  activateFlowVersion,
  createAgent,
  createSession,
  createUser,
  openDatabase,
  saveFlowVersion,
  setEntryAddress,
} from '../../acd/store/index.ts';
import { silentLogger } from '../../config/logger.ts';

export const PASSWORD = 'load-test-password';
/** Answered by a flow that goes straight to the queue `service`, without menu or prompts. */
export const STRAIGHT_NUMBER = '4100';
const SESSION_MS = 3_600_000;

/** Somebody who takes calls, with a session that is open already: passwords are costly to check, by intention. */
export interface Person {
  readonly agentId: string;
  readonly phoneUser: string;
  readonly token: string;
}

const flow = {
  flowId: 'straight',
  name: { 'zh-CN': '直接排队', en: 'Straight to the queue' },
  numbers: [STRAIGHT_NUMBER],
  languages: ['zh-CN', 'en'],
  language: 'zh-CN',
  start: 'queue',
  nodes: {
    queue: {
      kind: 'queue',
      queueId: 'service',
      reason: { 'zh-CN': '测试', en: 'Test' },
      ways: { voicemail: 'end', callback: 'end', message: 'end', busy: 'end' },
      otherwise: 'end',
    },
    end: { kind: 'hang-up', outcome: 'withdrawn' },
  },
};

/** Fills an empty database with an administrator (`boss`), agents with open sessions, and the flow of {@link STRAIGHT_NUMBER}. */
export async function seedPeople(
  place: { readonly url?: string | undefined; readonly dataDir: string },
  agents: number,
): Promise<{ readonly people: readonly Person[]; readonly admin: string }> {
  const db = await openDatabase({ ...place, logger: silentLogger });
  try {
    await seedFirstData(db, { flowsDir: join(import.meta.dirname, '../../config/flows'), locale: 'en' });
    const version = await saveFlowVersion(db, { flowId: flow.flowId, name: flow.name.en, definition: flow });
    await activateFlowVersion(db, flow.flowId, version);
    await setEntryAddress(db, { channel: 'voice', address: STRAIGHT_NUMBER, flowId: flow.flowId });
    const passwordHash = await hashPassword(PASSWORD);
    const session = async (userId: string) => {
      const token = randomBytes(32).toString('base64url');
      const tokenHash = createHash('sha256').update(token).digest('base64url');
      await createSession(db, { tokenHash, userId, expiresAtMs: Date.now() + SESSION_MS });
      return token;
    };
    const boss = { userName: 'boss', displayName: 'Boss', passwordHash, roleIds: ['administrator'] };
    const admin = await session(await createUser(db, boss));
    const people: Person[] = [];
    for (let i = 1; i <= agents; i++) {
      const agentId = `agent-${i}`;
      const phoneUser = String(2_000 + i);
      const userId = await createUser(db, {
        userName: agentId,
        displayName: `Agent ${i}`,
        passwordHash,
        roleIds: ['agent'],
      });
      await createAgent(db, { id: agentId, userId, phoneUser });
      people.push({ agentId, phoneUser, token: await session(userId) });
    }
    return { people, admin };
  } finally {
    await db.close();
  }
}

/** The routing configuration in which all these people serve both queues. */
export function configurationFor(people: readonly Person[], wrapUpMs: number) {
  const first = firstConfiguration(
    people.map(({ agentId }) => ({ id: agentId, skills: {}, queues: [{ queueId: 'sales' }, { queueId: 'service' }] })),
  );
  return { ...first, queues: first.queues.map((queue) => ({ ...queue, wrapUpMs: { voice: wrapUpMs } })) };
}
