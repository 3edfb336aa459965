import type {
  CallerView,
  ContactPage,
  ContactSummary,
  CustomerCard,
  Desk,
  DeskContact,
  Directory,
  Floor,
} from '../../acd/api/contract/index.ts';

const both = (zh: string, en: string) => ({ 'zh-CN': zh, en });

export const CUSTOMER: CustomerCard = {
  customerId: 'cust-1',
  displayName: '王芳',
  vip: true,
  tags: ['退款', '老客户', '普通话'],
  numbers: ['+86 138 0000 1234', '+86 21 5555 0101'],
  notes: '上周换过一次货，这次请优先处理。喜欢短信通知。',
};
const QUEUES = [
  { queueId: 'refund', name: both('退款与售后', 'Refunds and after-sales'), waiting: 3, longestWaitMs: 41_000 },
  { queueId: 'orders', name: both('订单查询', 'Orders'), waiting: 1, longestWaitMs: 12_000 },
  { queueId: 'english', name: both('英文专线', 'English line'), waiting: 0, longestWaitMs: 0 },
];

export const DIRECTORY: Directory = {
  agents: [
    { agentId: 'a2', displayName: '李娜', status: 'available', state: 'idle' },
    { agentId: 'a3', displayName: 'Chen Jie', status: 'available', state: 'handling' },
    { agentId: 'a4', displayName: '赵敏', status: 'break', state: 'idle' },
  ],
  queues: QUEUES,
  flows: [{ flowId: 'survey', name: both('满意度调查', 'Survey') }],
  dispositions: [
    { dispositionId: 'solved', name: both('已解决', 'Solved') },
    { dispositionId: 'refund', name: both('已退款', 'Refunded') },
    { dispositionId: 'follow-up', name: both('需跟进', 'Follow up') },
    { dispositionId: 'complaint', name: both('投诉', 'Complaint') },
    { dispositionId: 'wrong', name: both('打错', 'Wrong number') },
  ],
  breakReasons: [
    { breakReasonId: 'lunch', name: both('午餐', 'Lunch'), system: false },
    { breakReasonId: 'training', name: both('培训', 'Training'), system: false },
  ],
};

export const SCENES = [
  'before-shift',
  'idle',
  'break',
  'ringing',
  'talking',
  'held',
  'wrap-up',
  'consult',
  'conference',
  'asked-ringing',
  'asked',
  'empty',
] as const;
export type Scene = (typeof SCENES)[number];

export const PHONE_KEY = 'key-1';

function contact(now: number, state: DeskContact['state']): DeskContact {
  return {
    contactId: 'c-1',
    channel: 'voice',
    state,
    sinceMs: now - { ringing: 1_000, connecting: 500, talking: 151_000, held: 21_000, 'wrap-up': 12_000 }[state],
    queueId: 'refund',
    queueName: both('退款与售后', 'Refunds and after-sales'),
    customer: CUSTOMER,
    callerNumber: '138****1234',
    path: [
      { atMs: now - 80_000, label: both('主菜单', 'Main menu'), value: '2' },
      { atMs: now - 70_000, label: both('订单号', 'Order number'), value: 'A20931' },
      { atMs: now - 62_000, label: both('进入队列', 'Queued') },
    ],
    reason: both('申请退款', 'Refund'),
    waitedMs: 41_000,
    ...(state === 'ringing' ? { offer: { offerId: 'o-1', expiresAtMs: now + 18_000 } } : {}),
    ...(state !== 'ringing' ? { talkStartedAtMs: now - 151_000 } : {}),
    recording: state === 'ringing' ? 'off' : 'on',
    ...(state === 'wrap-up' ? { wrapUp: { endsAtMs: now + 33_000, extensionsLeft: 2, notes: '' } } : {}),
    phoneCallKey: PHONE_KEY,
    consulting: false,
  };
}

/** The contact as the two agents of a consultation see it. */
function asking(scene: Scene, { offer, ...own }: DeskContact, now: number): DeskContact {
  const by = (state: 'ringing' | 'talking') => ({ agentId: 'a2', name: '李娜', state });
  switch (scene) {
    case 'consult':
      return { ...own, consulting: true, consult: { state: 'talking', name: '李娜', sinceMs: now - 14_000 } };
    case 'conference':
      return { ...own, consulting: true, consult: { state: 'conference', name: '李娜', sinceMs: now - 6_000 } };
    case 'asked-ringing':
      return { ...own, consulting: true, askedBy: by('ringing') };
    case 'asked':
      return { ...own, consulting: true, askedBy: by('talking') };
    default:
      return { ...own, ...(offer ? { offer } : {}) };
  }
}

export function deskOf(scene: Scene, revision: number, now: number): Desk {
  const state = {
    ringing: 'ringing',
    talking: 'talking',
    held: 'held',
    'wrap-up': 'wrap-up',
    consult: 'held',
    conference: 'talking',
    'asked-ringing': 'ringing',
    asked: 'talking',
  } as const;
  const of = scene in state ? state[scene as keyof typeof state] : undefined;
  const quiet = scene === 'empty' || scene === 'before-shift';
  return {
    revision,
    serverNowMs: now,
    agentId: 'a1',
    onShift: scene !== 'before-shift',
    status: scene === 'break' ? 'break' : scene === 'before-shift' ? 'offline' : 'available',
    ...(scene === 'break' ? { breakReasonId: 'lunch' } : {}),
    statusSinceMs: now - 761_000,
    state: of === undefined ? 'idle' : of === 'ringing' ? 'offered' : of === 'wrap-up' ? 'wrap-up' : 'handling',
    phoneRegistered: scene !== 'before-shift',
    contacts: of ? [asking(scene, contact(now, of), now)] : [],
    queues: quiet ? [] : QUEUES,
    today: quiet ? { handled: 0, averageHandleMs: 0, missed: 0 } : { handled: 14, averageHandleMs: 302_000, missed: 1 },
    limits: [],
  };
}

function summary(index: number, now: number): ContactSummary {
  const kinds = ['voice', 'chat', 'email', 'voice'] as const;
  return {
    contactId: `past-${index}`,
    channel: kinds[index % kinds.length] ?? 'voice',
    direction: index % 5 === 3 ? 'outbound' : 'inbound',
    startedAtMs: now - (index + 1) * 26 * 3_600_000,
    endedAtMs: now - (index + 1) * 26 * 3_600_000 + 240_000,
    outcome: index % 6 === 2 ? 'abandoned' : 'answered',
    queueName: both('退款与售后', 'Refunds and after-sales'),
    agentName: index % 2 ? '李娜' : 'Chen Jie',
    customerId: CUSTOMER.customerId,
    customerName: index % 3 ? CUSTOMER.displayName : 'Lin Wei',
    callerNumber: '138****1234',
    talkMs: 95_000 + index * 17_000,
    ...(index % 6 === 2
      ? {}
      : { dispositionName: both(index % 2 ? '已解决' : '需跟进', index % 2 ? 'Solved' : 'Follow up') }),
    notes: index % 4 === 0 ? '外包装破损，已补寄；请客户拍照留存。' : '',
    recordings:
      index % 4 === 0
        ? [
            {
              recordingId: `r-${index}`,
              startedAtMs: now,
              durationMs: 184_000,
              state: index === 4 ? 'cut-short' : index === 8 ? 'missing' : 'complete',
              kind: 'conversation',
            },
          ]
        : [],
  };
}

/** Twelve past contacts, in pages of eight. */
export function pastPage(cursor: string | undefined, now: number): ContactPage {
  const from = cursor ? Number(cursor) : 0;
  const items = Array.from({ length: Math.min(8, 24 - from) }, (_, index) => summary(from + index, now));
  return { items, ...(from + 8 < 24 ? { nextCursor: String(from + 8) } : {}) };
}

export const CALLER_SCENES: Record<string, CallerView> = {
  calling: { phase: 'calling', choices: [] },
  menu: {
    phase: 'menu',
    choices: [
      { digit: '1', label: both('订单与物流', 'Orders and delivery') },
      { digit: '2', label: both('退款与售后', 'Refunds and after-sales') },
      { digit: '0', label: both('人工服务', 'Talk to somebody') },
    ],
  },
  waiting: { phase: 'waiting', position: 2, waitRangeMs: { from: 50_000, to: 110_000 }, choices: [] },
  talking: { phase: 'talking', agentName: '王芳', choices: [] },
};

export function floorOf(revision: number, now: number): Floor {
  const names = [
    '王芳',
    '李娜',
    'Chen Jie',
    '赵敏',
    'Sun Lei',
    '周婷',
    'Wu Di',
    '郑爽',
    'Ma Li',
    '何静',
    'Tom Hale',
    '孙悦',
  ];
  const states = ['handling', 'idle', 'wrap-up', 'offered'] as const;
  return {
    revision,
    serverNowMs: now,
    queues: QUEUES.map((queue, index) => ({
      ...queue,
      waiting: Math.max(0, queue.waiting + (revision % 3) - 1),
      handling: 4 - index,
      agentsSignedIn: 12 - index * 3,
      agentsIdle: index,
      answeredToday: 214 - index * 60,
      abandonedToday: 9 - index * 3,
      serviceLevel: [0.78, 0.91, 0.96][index] ?? 1,
      estimatedWaitMs: 65_000 - index * 20_000,
      ...(index < 2 ? { estimateError: { samples: 40, meanAbsoluteMs: 11_000, biasMs: -4_000 } } : {}),
    })),
    agents: names.map((displayName, index) => ({
      agentId: `a${index + 1}`,
      displayName,
      status: index === 3 || index === 7 ? 'break' : index === 11 ? 'offline' : 'available',
      ...(index === 3 ? { breakReasonId: 'lunch' } : {}),
      state: index === 3 || index === 7 || index === 11 ? 'idle' : (states[index % 4] ?? 'idle'),
      sinceMs: now - 30_000 - index * 97_000,
      phoneRegistered: index !== 9,
      draining: index === 8,
      contactIds: index === 0 ? ['c-10'] : [],
      handledToday: 20 - index,
      missedToday: index === 5 ? 3 : 0,
    })),
    contacts: [
      ...[1, 2, 3, 4].map((place) => ({
        contactId: `c-${place}`,
        channel: 'voice' as const,
        state: 'waiting' as const,
        sinceMs: now - 50_000 + place * 9_000,
        queueId: place === 4 ? 'orders' : 'refund',
        customerName: ['Lin Wei', '钱多多', 'Anna Smith', '吴磊'][place - 1] ?? '',
        callerNumber: `139****00${place}1`,
        position: place,
        priority: place === 2 ? 100 : 0,
      })),
      {
        contactId: 'c-10',
        channel: 'voice',
        state: 'handling',
        sinceMs: now - 151_000,
        queueId: 'refund',
        agentId: 'a1',
        customerName: '王芳',
        callerNumber: '138****1234',
        priority: 0,
      },
    ],
    limits: [],
  };
}
