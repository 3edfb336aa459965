import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from './browser.ts';
import { startCenter } from './center.ts';
import { beginShift, chooseStatus, contactIn, pause, signIn } from './desk-page.ts';
import { beginShiftByPhone, callIn } from './people.ts';

/** Takes the README's pictures of a real call: `npm run docs:pictures`. */
const folder = join(import.meta.dirname, '../../docs/pictures');
mkdirSync(folder, { recursive: true });
const center = await startCenter();
const desk = await openBrowser({ toneHz: 700 });
const caller = await openBrowser({ toneHz: 1_000 });
const supervisor = await openBrowser({ toneHz: 1_300 });
const other = await beginShiftByPhone(center, 'li', 900);
try {
  await beginShift(desk.page, center.url, 'wang');
  await chooseStatus(desk.page, 'available');
  const sales = await callIn(center, { number: '13900005678', toneHz: 500, digit: '1' });
  const ringing = desk.page.getByTestId('ringing');
  if (await ringing.isVisible()) await desk.page.getByTestId('decline').click();
  await caller.page.goto(`${center.url}/call`);
  await caller.page.getByTestId('call-start').click();
  await caller.page.locator('.caller-choices').waitFor({ timeout: 20_000 });
  await caller.page.screenshot({ path: join(folder, 'caller-page.png') });
  await caller.page.getByTestId('key-2').click();
  await ringing.waitFor({ timeout: 20_000 });
  await pause(500);
  await desk.page.screenshot({ path: join(folder, 'desk-ringing.png') });
  await desk.page.getByTestId('answer').click();
  await contactIn(desk.page, 'talking');
  const waiting = [
    await callIn(center, { number: '13700002222', toneHz: 500, digit: '2' }),
    await callIn(center, { number: '13600003333', toneHz: 500, digit: '2' }),
  ];
  await desk.page.screenshot({ path: join(folder, 'desk-in-call.png') });
  await signIn(supervisor.page, center.url, 'chen');
  await supervisor.page.waitForURL('**/supervisor');
  await supervisor.page.getByTestId('floor-contact').first().waitFor();
  await pause(1_500);
  await supervisor.page.getByTestId('floor-contact').first().click();
  await pause(1_500);
  await supervisor.page.screenshot({ path: join(folder, 'supervisor.png') });
  for (const one of [sales, ...waiting]) {
    await one.call.hangUp();
    await one.phone.close();
  }
} finally {
  await other.phone.close();
  for (const browser of [supervisor, caller, desk]) await browser.close();
  await center.close();
}
