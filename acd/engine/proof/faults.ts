/** A deliberate fault: in a copy of the engine, `find` in `file` becomes `put`. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/** Each of these must be caught by the six laws. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'one slot too many',
    file: 'matching/readiness.ts',
    find: 'agent.used[channelClass] >= agent.capacity',
    put: 'agent.used[channelClass] > agent.capacity',
  },
  {
    name: 'voice does not hold chats back',
    file: 'matching/readiness.ts',
    find: 'agent.used[other] > 0',
    put: 'agent.used[other] > 99',
  },
  { name: 'newest first', file: 'order/score.ts', find: 'return scoreA > scoreB', put: 'return scoreA < scoreB' },
  {
    name: 'the cap of ageing is forgotten',
    file: 'contacts/scoring.ts',
    find: 'contact.cap =',
    put: 'contact.cap = true ? -1 :',
  },
  {
    name: 'skills do not count',
    file: 'needs/fit.ts',
    find: '!satisfies(agents.skills, need.requirement)',
    put: 'false',
  },
  {
    name: 'other offers ring on after acceptance',
    file: 'verbs/settle-offer.ts',
    find: "withdrawOffers(world, contact, 'taken');",
    put: '',
  },
  { name: 'a declined contact is not put back', file: 'work/offer.ts', find: '  place(world, contact);', put: '' },
  {
    name: 'offers never expire',
    file: 'work/offer.ts',
    find: "offer.timer = startTimer(world, expiresMs, { kind: 'offer', of: offer });",
    put: '',
  },
  {
    name: 'no pause after a refusal',
    file: 'matching/readiness.ts',
    find: 'return agent.pauseTimer !== undefined;',
    put: 'return false;',
  },
  {
    name: 'agents on a break are asked',
    file: 'matching/readiness.ts',
    find: "agent.status === 'available' && ",
    put: '',
  },
  {
    name: 'the reserve is always there',
    file: 'needs/fit.ts',
    find: 'if (!fit.reserve) return true;',
    put: 'if (fit) return true;',
  },
  {
    name: 'a paused agent who is back is not looked at',
    file: 'due/fall-due.ts',
    find: 'return refreshReady(world, due.of);',
    put: 'return;',
  },
  {
    name: 'who returns loses the place',
    file: 'contacts/enter.ts',
    find: '  contact.raised = 0;',
    put: "  contact.raised = 0;\n  if (why !== 'new') contact.firstEnqueuedMs = world.nowMs;",
  },
  {
    name: 'the state of chance is not in the snapshot',
    file: 'snapshot/restore.ts',
    find: 'world.random = saved.random;',
    put: '',
  },
  { name: 'a contact ends and stays', file: 'contacts/leave.ts', find: 'world.contacts.delete(contact.id);', put: '' },
  {
    name: 'the talk of a transferred contact is lost',
    file: 'work/handling.ts',
    find: '  closeSegment(\n',
    put: "  if (why !== 'transferred') closeSegment(\n",
  },
];
