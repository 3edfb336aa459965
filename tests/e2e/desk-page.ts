import type { Page } from 'playwright-core';

/** Signs in on the desk and begins a shift, so that the next call may ring here. */
export async function beginShift(page: Page, url: string, user: { name: string; password: string }): Promise<void> {
  await page.goto(`${url}/`);
  await page.getByTestId('sign-in-username').fill(user.name);
  await page.getByTestId('sign-in-password').fill(user.password);
  await page.getByTestId('sign-in-submit').click();
  await page.getByTestId('start-shift').click();
}

/** Chooses "available" by the API, for tests that are not about the menu. */
export async function setAvailable(page: Page): Promise<void> {
  await page.evaluate(() =>
    fetch('/api/v1/status', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'available' }),
    }),
  );
}

/** The state that the server shows this page's agent. */
export async function deskState(page: Page): Promise<{
  status: string;
  state: string;
  phoneRegistered: boolean;
  contacts: { contactId: string; state: string; sinceMs: number; recording: string }[];
}> {
  return page.evaluate(async () => (await fetch('/api/v1/desk')).json());
}

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
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not happen within ${patienceMs} ms; last seen: ${String(last)}`);
}
