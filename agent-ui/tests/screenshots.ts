/** Takes pictures of every page in every look: `npx tsx agent-ui/tests/screenshots.ts FOLDER [NAME]`. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildPages, type Look, openBrowser, openPage } from './browser.ts';
import { startFakeServer } from './fake-server.ts';
import { CALLER_SCENES, SCENES } from './scenes.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../test-results/pages', import.meta.url));
const only = process.argv[3];
mkdirSync(folder, { recursive: true });

const LOOKS: readonly Look[] = [
  { width: 1440, height: 900, locale: 'zh-CN', scheme: 'light' },
  { width: 1440, height: 900, locale: 'en', scheme: 'dark' },
  { width: 390, height: 844, locale: 'en', scheme: 'light' },
  { width: 3840, height: 2160, locale: 'zh-CN', scheme: 'light' },
];
const SETTLE_MS = 900;

const server = await startFakeServer(await buildPages());
const browser = await openBrowser();
for (const look of LOOKS) {
  const name = (scene: string) => `${folder}/${scene}-${look.width}-${look.locale}-${look.scheme}.png`;
  const wanted = (scene: string) => only === undefined || `${scene}-${look.width}`.startsWith(only);
  const { context, page } = await openPage(browser, look);
  const settle = () => page.waitForTimeout(SETTLE_MS);
  const shoot = async (scene: string) => {
    if (!wanted(scene)) return;
    await settle();
    await page.screenshot({ path: name(scene) });
    process.stdout.write(`${name(scene)}\n`);
  };
  server.show('before-shift');
  await page.addInitScript((locale) => localStorage.setItem('tandem.locale', locale), look.locale);
  await page.goto(`${server.url}/desk`);
  await page.getByTestId('sign-in-username').waitFor();
  await shoot('sign-in');
  const signIn = async (username: string) => {
    await page.request.post(`${server.url}/api/v1/session`, { data: { username, password: 'tandem' } });
  };
  await page.route('**/api/v1/session', async (route) => {
    // A page that leaves takes its request with it.
    const response = await route.fetch().catch(() => undefined);
    const body: unknown = await response?.json().catch(() => undefined);
    if (!response || !body) return route.abort();
    await route.fulfill({ response, json: Object.assign({}, body, { locale: look.locale }) });
  });
  await signIn('wangfang');
  await page.goto(`${server.url}/desk`);
  for (const scene of SCENES) {
    server.show(scene);
    await shoot(`desk-${scene}`);
  }
  if (wanted('desk-transfer')) {
    server.show('talking');
    await page.getByTestId('transfer').click();
    await shoot('desk-transfer');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await shoot('desk-hotkeys');
    await page.keyboard.press('Escape');
    await page.getByTestId('keypad').click();
    await shoot('desk-keypad');
  }
  if (wanted('desk-away')) {
    server.show('talking');
    server.reachable(false);
    await page.getByTestId('not-connected').waitFor();
    await shoot('desk-away');
    server.reachable(true);
  }
  await signIn('supervisor');
  await page.goto(`${server.url}/supervisor`);
  await page.waitForTimeout(wanted('supervisor') ? 4_000 : 0);
  await shoot('supervisor');
  if (wanted('supervisor-drawer')) {
    await page.getByTestId('floor-contact').first().click();
    await shoot('supervisor-drawer');
    await page.keyboard.press('Escape');
  }
  if (wanted('supervisor-wallboard')) {
    await page.goto(`${server.url}/supervisor/wallboard`);
    await shoot('supervisor-wallboard');
  }
  await signIn('admin');
  await page.goto(`${server.url}/admin`);
  await shoot('admin');
  await page.goto(`${server.url}/call`);
  await page.getByTestId('call-start').waitFor();
  await shoot('caller-idle');
  if (wanted('caller-menu') || wanted('caller-waiting') || wanted('caller-talking')) {
    await page.getByTestId('call-start').click();
    await page.getByTestId('call-end').waitFor();
    for (const [scene, view] of Object.entries(CALLER_SCENES)) {
      await page.waitForTimeout(300);
      server.showCaller(view);
      await shoot(`caller-${scene}`);
    }
    await page.getByTestId('call-end').click();
    await shoot('caller-ended');
  }
  await context.close();
}
await browser.close();
await server.close();
