import { describe, expect, it } from 'vitest';
import { CONFIGURATION, createRig, NUMBER, type Rig } from './testing/rig.ts';

const GIVEN_UP = 'the switch stays away, its calls are ended';
const noErrors = (rig: Rig) =>
  expect(rig.lines.filter((line) => line.level === 'error' && line.text !== GIVEN_UP)).toEqual([]);
const endOf = (rig: Rig, contactId: string) => rig.records.contacts.get(contactId)?.end;
const offersMade = (rig: Rig) => rig.routing.effects.filter((effect) => effect.type === 'offer').length;
const offerEnds = (rig: Rig) =>
  rig.routing.effects.flatMap((effect) => (effect.type === 'offer-ended' ? [effect.end] : []));

/** One unanswered offer is enough for a break. */
const STRICT = {
  ...CONFIGURATION,
  refusalDelays: { noAnswerMs: 5_000, busyMs: 5_000, declinedMs: 5_000, failedMs: 5_000, noAnswerLimit: 1 },
};

describe('offers while the switch is away', () => {
  it('are not rung, blame nobody and make no busy loop; when the link is back the phone rings', async () => {
    const rig = await createRig({ configuration: STRICT });
    const caller = await rig.callerInQueue();
    rig.control.dropLink();
    await rig.signIn('anna');
    await rig.pass(50_000);
    expect(rig.routing.agent('anna')?.status).toBe('available');
    expect(rig.voice.live.deskContacts('anna')).toEqual([]);
    expect(offersMade(rig)).toBeLessThan(6);
    expect(new Set(offerEnds(rig))).toEqual(new Set(['withdrawn']));
    rig.control.restoreLink();
    await rig.pass(2_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(caller);
    noErrors(rig);
  });

  it('that rang when the link was lost blame nobody either', async () => {
    const rig = await createRig({ configuration: STRICT });
    await rig.signIn('anna');
    rig.control.setPhone('phone-anna', { does: 'ring' });
    await rig.callerInQueue();
    rig.control.dropLink();
    await rig.pass(40_000);
    expect(rig.routing.agent('anna')?.status).toBe('available');
    rig.control.restoreLink();
    await rig.settle();
    expect(rig.voice.live.deskContacts('anna')).toMatchObject([{ state: 'ringing' }]);
    noErrors(rig);
  });

  it('after a restart with the switch away blame nobody', async () => {
    const before = await createRig({ configuration: STRICT });
    await before.signIn('anna');
    before.control.setPhone('phone-anna', { does: 'answer', afterMs: 2_000 });
    const caller = await before.callerInQueue();
    await before.pass(500);
    before.control.dropLink();
    const rig = await before.restart();
    await rig.pass(50_000);
    expect(rig.routing.agent('anna')?.status).toBe('available');
    expect(offersMade(rig)).toBeLessThan(6);
    rig.control.restoreLink();
    await rig.pass(4_000);
    expect(rig.control.legOf('phone-anna')?.bridgedTo).toBe(caller);
    noErrors(rig);
  });
});

describe('a switch that stays away', () => {
  it('ends its contacts with a cause and frees agents', async () => {
    const rig = await createRig();
    const { contactId } = await rig.conversation();
    const waitingId = rig.contactOf(await rig.callerInQueue('2'));
    rig.control.die();
    await rig.pass(119_000);
    expect(rig.voice.live.liveContact(contactId)?.state).toBe('handling');
    await rig.pass(32_000);
    expect(endOf(rig, contactId)).toMatchObject({ outcome: 'answered', cause: 'switch-away' });
    expect(endOf(rig, waitingId)).toMatchObject({ outcome: 'abandoned', cause: 'switch-away' });
    expect(rig.routing.contactIds()).toEqual([]);
    expect(rig.routing.agent('anna')?.state).toBe('idle');
    noErrors(rig);
  });

  it('ends those of the last run too', async () => {
    const before = await createRig();
    const { contactId } = await before.conversation();
    before.control.die();
    const rig = await before.restart();
    await rig.pass(152_000);
    expect(endOf(rig, contactId)?.cause).toBe('gone-while-away');
    expect(rig.routing.agent('anna')?.state).toBe('idle');
    noErrors(rig);
  });

  it('and comes back with its calls: who talks may finish, who waits is served anew', async () => {
    const rig = await createRig();
    const { callerLegId } = await rig.conversation();
    const agentLegId = rig.control.legOf('phone-anna')!.legId;
    const waiting = await rig.callerInQueue('2');
    const lost = rig.contactOf(waiting);
    rig.control.dropLink();
    await rig.pass(121_000);
    expect(rig.routing.contactIds()).toEqual([]);
    rig.control.restoreLink();
    await rig.pass(2_000);
    expect(rig.contactOf(waiting)).not.toBe(lost);
    expect(rig.saidTo(waiting).filter((said) => said === 'main-menu').length).toBe(2);
    await rig.pass(65_000);
    expect(rig.control.legs.get(callerLegId)?.bridgedTo).toBe(agentLegId);
    rig.control.phoneEnds(agentLegId);
    await rig.pass(2_000);
    expect(rig.control.legs.has(callerLegId)).toBe(false);
    noErrors(rig);
  });

  it('keeps a callback: it needs no switch until its turn', async () => {
    const rig = await createRig();
    const caller = await rig.callerInQueue();
    const contactId = rig.contactOf(caller);
    await rig.pass(1_000);
    rig.control.press(caller, '1');
    await rig.pass(4_000);
    expect(rig.routing.contact(contactId)?.callback).toBeDefined();
    rig.control.dropLink();
    await rig.pass(150_000);
    expect(rig.routing.contact(contactId)?.callback).toBeDefined();
  });
});

describe('a repair of the link', () => {
  it('while a number is rung for a blind transfer leaves the transfer alone', async () => {
    const rig = await createRig();
    const { callerLegId, contactId } = await rig.conversation();
    rig.control.setPhone('10086', { does: 'answer', afterMs: 15_000 });
    const target = { kind: 'number', number: '10086' } as const;
    await rig.voice.command({ kind: 'transfer', contactId, agentId: 'anna', target });
    await rig.pass(1_000);
    rig.control.restoreLink();
    await rig.pass(18_000);
    expect(rig.control.legOf('10086')?.bridgedTo).toBe(callerLegId);
    expect(rig.routing.contactIds()).toEqual([]);
    expect(rig.voice.live.liveContacts().length).toBe(1);
    noErrors(rig);
  });

  it('while a caller is being let go does not take them anew', async () => {
    const rig = await createRig();
    const caller = rig.control.callIn({ callerNumber: '1', dialedNumber: '555' });
    await rig.pass(500);
    rig.control.restoreLink();
    await rig.pass(1_000);
    expect(rig.control.commandsOf('answer').length).toBe(1);
    await rig.pass(1_000);
    expect(rig.saidTo(caller)).toEqual([]);
    expect(rig.control.legs.has(caller)).toBe(false);
    noErrors(rig);
  });

  it('that fails half-way still lets waiting work go on', async () => {
    const rig = await createRig();
    const { callerLegId } = await rig.conversation();
    const waiting = await rig.callerInQueue('2');
    rig.control.dropLink();
    const agentLeg = rig.control.legOf('phone-anna')!;
    agentLeg.bridgedTo = undefined;
    rig.control.legs.get(callerLegId)!.bridgedTo = undefined;
    await rig.signIn('bo');
    const { phase } = rig.records;
    rig.records.phase = () => {
      rig.records.phase = phase;
      throw new TypeError('broken');
    };
    rig.control.restoreLink();
    await rig.pass(3_000);
    expect(rig.lines.map((line) => line.text)).toContain('an event of the switch could not be handled');
    expect(rig.control.legOf('phone-bo')?.bridgedTo).toBe(waiting);
  });
});

describe('an arrival of which no event told', () => {
  it('keeps the phone it came from', async () => {
    const rig = await createRig();
    rig.control.dropLink();
    rig.control.callIn({ callerNumber: '1', dialedNumber: NUMBER, fromUser: 'guest-1' });
    await rig.settle();
    rig.control.restoreLink();
    await rig.pass(500);
    expect(rig.voice.live.contactOfPhone('guest-1')).toBeDefined();
  });
});
