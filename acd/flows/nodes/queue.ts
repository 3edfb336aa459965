import { z } from 'zod';
import { type LocalName, localNameSchema, type Outcome } from '../../api/contract/index.ts';
import { type Announced, nextAnnouncement } from '../announce.ts';
import { type Choice, type LeftQueue, QUEUE_WAYS, type QueueStay } from '../line.ts';
import { type NodeEnd, type NodeKind, type NodeRun, next } from '../node.ts';
import { sayingSchema } from '../sentence.ts';

const schema = z.strictObject({
  kind: z.literal('queue'),
  queueId: z.string().min(1).max(60),
  /** Why the customer calls, for the agent. */
  reason: localNameSchema.optional(),
  /** Skill → least level. */
  skills: z.record(z.string().max(60), z.number().int().min(1).max(10)).default({}),
  priority: z.number().int().min(-1_000_000).max(1_000_000).default(0),
  preferredAgentIds: z.array(z.string().max(60)).max(5).default([]),
  preferredForMs: z.number().int().min(0).max(600_000).default(0),
  /** Said once on entering. */
  say: sayingSchema.optional(),
  /** Name of a music stream of the switch. */
  music: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('default'),
  announce: z
    .strictObject({
      everyMs: z.number().int().min(10_000).max(600_000).default(30_000),
      position: z.boolean().default(true),
      estimate: z.boolean().default(true),
      /** Said when there is nothing new to announce. */
      comfort: sayingSchema.optional(),
    })
    .prefault({}),
  /** Pressing `digit` gives up the place in the line, but not in the queue: we call back. */
  callback: z.strictObject({ digit: z.string().regex(/^[0-9*#]$/), say: sayingSchema, next: z.string() }).optional(),
  voicemail: z
    .strictObject({ digit: z.string().regex(/^[0-9*#]$/), say: sayingSchema.optional(), next: z.string() })
    .optional(),
  /** Where the call goes when the queue does not take it, or lets it go. */
  ways: z.partialRecord(z.enum(QUEUE_WAYS), z.string()).default({}),
  /** Where it goes when nothing else is said. */
  otherwise: z.string(),
});
type QueueNode = z.infer<typeof schema>;

const EXTERNAL_RING_TIMEOUT_MS = 30_000;

const OUTCOME_LABELS: Partial<Record<Outcome, LocalName>> = {
  closed: { 'zh-CN': '队列已关闭', en: 'Queue closed' },
  blocked: { 'zh-CN': '已拦截', en: 'Blocked' },
  overflowed: { 'zh-CN': '排队溢出', en: 'Overflowed' },
  'timed-out': { 'zh-CN': '等待超时', en: 'Waited too long' },
};
const LEFT_LABEL: LocalName = { 'zh-CN': '离开队列', en: 'Left the queue' };
const BUSY_LABEL: LocalName = { 'zh-CN': '系统繁忙', en: 'System busy' };

/** Lets the caller wait for an agent, with music, position, estimate and ways out. */
export const queueNode: NodeKind<QueueNode> = {
  kind: 'queue',
  label: { 'zh-CN': '排队', en: 'Queue' },
  schema,
  ways: (node) => [
    ...QUEUE_WAYS.flatMap((way) =>
      node.ways[way] === undefined ? [] : [{ path: ['ways', way], to: node.ways[way], paced: false }],
    ),
    ...(node.callback ? [{ path: ['callback', 'next'], to: node.callback.next, paced: true }] : []),
    ...(node.voicemail ? [{ path: ['voicemail', 'next'], to: node.voicemail.next, paced: true }] : []),
    { path: ['otherwise'], to: node.otherwise, paced: false },
  ],
  sayings: (node) => [
    ...(node.say ? [{ path: ['say'], saying: node.say }] : []),
    ...(node.announce.comfort ? [{ path: ['announce', 'comfort'], saying: node.announce.comfort }] : []),
    ...(node.callback ? [{ path: ['callback', 'say'], saying: node.callback.say }] : []),
    ...(node.voicemail?.say ? [{ path: ['voicemail', 'say'], saying: node.voicemail.say }] : []),
  ],
  async run(node, run) {
    const { line } = run;
    const entered = await line.queueUp({
      queueId: node.queueId,
      skills: node.skills,
      priority: node.priority,
      preferredAgentIds: node.preferredAgentIds,
      preferredForMs: node.preferredForMs,
      ...(node.reason ? { reason: node.reason } : {}),
    });
    if (entered.kind === 'gone') return entered;
    if (entered.kind === 'left') return wayOut(node, entered, run);
    line.showChoices(choicesOf(node));
    const keys = listenForKeys(node, entered.stay);
    try {
      return await waitInQueue(node, entered.stay, keys, run);
    } finally {
      keys.stop();
    }
  },
};

function choicesOf(node: QueueNode): Choice[] {
  return [
    ...(node.callback ? [{ digit: node.callback.digit, label: { 'zh-CN': '请回电', en: 'Call me back' } }] : []),
    ...(node.voicemail ? [{ digit: node.voicemail.digit, label: { 'zh-CN': '留言', en: 'Leave a message' } }] : []),
  ];
}

interface Keys {
  pressed: string | undefined;
  stop(): void;
}

/** Remembers the first key that means something; whoever waits looks at it when music or sentence are cut. */
function listenForKeys(node: QueueNode, stay: QueueStay): Keys & { changed: Promise<void> } {
  let heard = (): void => {};
  const changed = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const keys = { pressed: undefined as string | undefined, changed, stop: () => {} };
  keys.stop = stay.onDigit((digit) => {
    if (keys.pressed !== undefined || (digit !== node.callback?.digit && digit !== node.voicemail?.digit)) return;
    keys.pressed = digit;
    heard();
  });
  return keys;
}

async function waitInQueue(
  node: QueueNode,
  stay: QueueStay,
  keys: Keys & { changed: Promise<void> },
  run: NodeRun,
): Promise<NodeEnd> {
  let announced: Announced = {};
  let first = true;
  while (!stay.ended) {
    const news = nextAnnouncement(announced, stay.place(), node.announce);
    announced = news.announced;
    if (announced.range) stay.announced(announced.range);
    const comfort = !first && news.saying.length === 0 ? (node.announce.comfort ?? []) : [];
    const offers = first ? [...(node.callback?.say ?? []), ...(node.voicemail?.say ?? [])] : [];
    const saying = [...(first ? (node.say ?? []) : []), ...news.saying, ...comfort, ...offers];
    first = false;
    if (saying.length > 0) await Promise.race([stay.say(saying), keys.changed]);
    if (stay.ended) break;
    if (keys.pressed === undefined) {
      await stay.startMusic(node.music);
      await Promise.race([stay.wait(node.announce.everyMs), keys.changed]);
    }
    if (keys.pressed !== undefined && !stay.ended) {
      const left = await leaveByKey(node, stay, keys.pressed, run);
      if (left) return left;
      keys.pressed = undefined;
    }
  }
  const end = await stay.over;
  if (end.kind === 'gone') return end;
  if (end.kind === 'answered') return { kind: 'answered' };
  return wayOut(node, end, run);
}

/** Leaves for the callback or the voicemail; `undefined` when the caller stays, because an agent was found or a callback isn't possible. */
async function leaveByKey(node: QueueNode, stay: QueueStay, digit: string, run: NodeRun): Promise<NodeEnd | undefined> {
  const { line } = run;
  if (node.callback?.digit === digit) {
    if (!(await line.takeCallback(line.callerNumber))) return undefined;
    line.step({ 'zh-CN': '已预约回电', en: 'Callback taken' });
    return next(node.callback.next);
  }
  if (node.voicemail && (await stay.leave('voicemail'))) {
    line.step({ 'zh-CN': '选择留言', en: 'Chose voicemail' });
    return next(node.voicemail.next);
  }
  return undefined;
}

/** Goes where the flow says. Where it says nothing for a number or a message, these are done first. */
async function wayOut(node: QueueNode, left: LeftQueue, { line }: NodeRun): Promise<NodeEnd> {
  line.step(left.way === 'busy' ? BUSY_LABEL : (OUTCOME_LABELS[left.outcome] ?? LEFT_LABEL));
  const to = node.ways[left.way];
  if (to !== undefined) return next(to);
  if (left.way === 'external' && left.number !== undefined) {
    const outcome = await line.transferOut({ kind: 'number', number: left.number }, EXTERNAL_RING_TIMEOUT_MS);
    if (outcome.kind === 'gone') return outcome;
    if (outcome.kind === 'ended') return { kind: 'ended', outcome: left.outcome };
  }
  const prompt = left.way === 'busy' ? 'system-busy' : left.way === 'message' ? left.prompt : undefined;
  if (prompt !== undefined) {
    const said = await line.say([{ prompt }]);
    if (said.kind === 'gone') return said;
  }
  return next(node.otherwise);
}
