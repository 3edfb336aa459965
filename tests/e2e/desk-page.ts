import type { Locator, Page } from 'playwright-core';
import type { ContactDetail, Desk } from '../../acd/api/contract/index.ts';

export const PASSWORD = 'tandem-demo';

/** Signs in. */
export async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.getByTestId('sign-in-username').fill(name);
  await page.getByTestId('sign-in-password').fill(PASSWORD);
  await page.getByTestId('sign-in-submit').click();
}

/** Signs in on the desk and begins a shift; resolves when the phone is registered. */
export async function beginShift(page: Page, url: string, name: string): Promise<void> {
  await signIn(page, url, name);
  await page.getByTestId('start-shift').click();
  await until('the page’s phone registers', 20_000, async () => (await deskState(page)).phoneRegistered);
}

/** Chooses in the status menu, e.g. `available` or `break-meal`, and waits until the server has it. */
export async function chooseStatus(page: Page, option: string): Promise<void> {
  await page.getByTestId('status-select').click();
  await page.getByTestId(`status-option-${option}`).click();
  await until(`the status is ${option}`, 5_000, async () => {
    const desk = await deskState(page);
    const reason = desk.breakReasonId === undefined ? '' : `-${desk.breakReasonId}`;
    return `${desk.status}${desk.status === 'break' ? reason : ''}` === option;
  });
}

/** Reads or does something by the API, as whoever is signed in on the page. */
export async function api<T>(page: Page, path: string, method = 'GET', body?: object): Promise<T> {
  return page.evaluate(
    async ([to, verb, text]) => {
      const answer = await fetch(`/api/v1${to}`, {
        method: verb,
        ...(text === undefined ? {} : { body: text, headers: { 'content-type': 'application/json' } }),
      });
      if (!answer.ok) throw new Error(`${verb} ${to}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as never;
    },
    [path, method, body && JSON.stringify(body)] as const,
  );
}

/** The state that the server shows this page's agent. */
export const deskState = (page: Page) => api<Desk>(page, '/desk');

/** Waits until the agent's only contact is in that state. */
export function contactIn(page: Page, state: Desk['contacts'][number]['state'], patienceMs = 20_000) {
  return until(`the desk has a contact ${state}`, patienceMs, async () =>
    (await deskState(page)).contacts.find((contact) => contact.state === state),
  );
}

/** Waits until the desk has no contact left, and gives the one that it was from the database once it is whole. */
export function closedContact(page: Page, contactId: string): Promise<ContactDetail> {
  return until('the contact is closed in the database', 15_000, async () => {
    const contact = await api<ContactDetail>(page, `/contacts/${contactId}`);
    const whole = contact.outcome !== undefined && contact.segments.every((segment) => segment.endedAtMs !== undefined);
    return whole && contact;
  });
}

/** Ends the wrap-up in the page. */
export async function finishWrapUp(page: Page, disposition = 'resolved', notes = ''): Promise<void> {
  await page.getByTestId(`disposition-${disposition}`).check();
  if (notes !== '') await page.getByTestId('notes').fill(notes);
  await page.getByTestId('wrap-up-done').click();
  await until('the desk is free', 10_000, async () => (await deskState(page)).contacts.length === 0);
}

/** A caller's time to hear what there is to choose from. Keys count from the answer until about 14 s after it. */
export const GREETING_MS = 4_000;

/** What an element says. */
export const textOf = async (element: Locator) => (await element.textContent()) ?? '';

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until `look` is content, and fails with what it saw last. */
export async function until<T>(
  what: string,
  patienceMs: number,
  look: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await look();
      if (found) return found;
      last = found;
    } catch (error) {
      last = error;
    }
    await pause(50);
  }
  throw new Error(`${what}: not within ${patienceMs} ms; last seen: ${String(last)}`);
}
