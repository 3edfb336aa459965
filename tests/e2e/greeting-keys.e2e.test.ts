import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ContactDetail, Desk } from '../../acd/api/contract/index.ts';
import { ScriptedPhone } from '../phones/index.ts';
import { type Center, startCenter } from './center.ts';
import { pause, until } from './desk-page.ts';
import { beginShiftByPhone, type PhoneAgent } from './people.ts';

const CALLER_TONE_HZ = 1_000;
const AGENT_TONE_HZ = 700;
/** The welcome lasts 2.2 s, the menu after it 7 s. */
const IN_THE_WELCOME_MS = 1_000;
const IN_THE_MENU_MS = 4_500;
let center: Center;
let sales: PhoneAgent;
const phones: ScriptedPhone[] = [];

beforeAll(async () => {
  center = await startCenter();
  sales = await beginShiftByPhone(center, 'li', AGENT_TONE_HZ);
});

afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close();
});

afterAll(async () => {
  await sales?.phone.close();
  await center?.close();
});

it.each([
  ['welcome', IN_THE_WELCOME_MS, '13800001001'],
  ['menu', IN_THE_MENU_MS, '13800001002'],
])('a key pressed in the middle of the %s is taken', async (_where, afterMs, number) => {
  const phone = await ScriptedPhone.start({ user: number, server: center.trunk, toneHz: CALLER_TONE_HZ });
  phones.push(phone);
  const call = await phone.call('4000');
  await call.answered;
  await pause(afterMs);
  call.sendDigits('1');
  await call.untilHears(AGENT_TONE_HZ, 20_000);
  const contactIn = (state: Desk['contacts'][number]['state']) =>
    until(`the agent has a contact ${state}`, 5_000, async () =>
      (await sales.api.call<Desk>('/desk')).contacts.find((one) => one.state === state),
    );
  const { contactId } = await contactIn('talking');
  await call.hangUp();
  // Unheard keys would have led to the other queue, in the end and without a value.
  const { path, queueName } = await sales.api.call<ContactDetail>(`/contacts/${contactId}`);
  expect(path.flatMap((step) => step.value ?? [])).toEqual(['1']);
  expect(queueName).toMatchObject({ en: 'Sales' });
  await contactIn('wrap-up');
  await sales.api.call(`/contacts/${contactId}/wrap-up`, 'PUT', { done: true });
});
