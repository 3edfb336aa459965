import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPages, type Look, type Opened, openBrowser, openPage } from './browser.ts';
import { type FakeServer, startFakeServer } from './fake-server.ts';
import { CALLER_SCENES, SCENES } from './scenes.ts';

const WIDE: Look = { width: 1440, height: 900, locale: 'zh-CN', scheme: 'light' };
const PHONE: Look = { width: 390, height: 844, locale: 'en', scheme: 'dark' };
const SMALLEST: Look = { width: 320, height: 640, locale: 'zh-CN', scheme: 'light' };

let browser: Browser;
let server: FakeServer;
let opened: Opened;

beforeAll(async () => {
  const pages = await buildPages();
  browser = await openBrowser();
  server = await startFakeServer(pages);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(() => {
  server.show('before-shift');
  server.asked.length = 0;
});
afterEach(async () => {
  server.reachable(true);
  await opened?.context.close();
});

async function signIn(username: string, path: string, look = WIDE): Promise<Page> {
  opened = await openPage(browser, look);
  const { page } = opened;
  await page.request.post(`${server.url}/api/v1/session`, { data: { username, password: 'tandem' } });
  await page.goto(`${server.url}${path}`);
  return page;
}

/** An agent whose phone is registered. */
async function onShift(look = WIDE): Promise<Page> {
  const page = await signIn('wangfang', '/desk', look);
  await page.getByTestId('start-shift').click();
  await page.getByTestId('status-select').waitFor();
  await expect.poll(() => server.phones().some((phone) => phone.registered())).toBe(true);
  return page;
}
const asked = (line: string) =>
  expect.poll(() => server.asked.filter((one) => one.startsWith(line)).length, { timeout: 10_000 });

/** What an assistive program would miss: controls without a name, fields without a label, and content wider than the page. */
async function shortcomings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const seen = (element: Element) => element.checkVisibility();
    for (const element of document.querySelectorAll<HTMLElement>('button, a[href], [role="button"], [role="option"]')) {
      const labelled = element instanceof HTMLButtonElement && element.labels.length > 0;
      if (seen(element) && !(labelled || element.getAttribute('aria-label') || element.textContent?.trim()))
        found.push(`no name: ${element.outerHTML.slice(0, 120)}`);
    }
    for (const field of document.querySelectorAll<HTMLInputElement>('input, textarea, select')) {
      const named = field.labels?.length || field.getAttribute('aria-label') || field.getAttribute('aria-labelledby');
      if (seen(field) && !named) found.push(`no label: ${field.outerHTML.slice(0, 120)}`);
    }
    for (const image of document.querySelectorAll('img'))
      if (image.getAttribute('alt') === null) found.push(`no alt: ${image.outerHTML}`);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index))) found.push(`id twice: ${id}`);
    if (document.documentElement.scrollWidth > innerWidth)
      found.push(`wider than the page: ${document.documentElement.scrollWidth}`);
    if (!document.documentElement.lang) found.push('no language');
    if (!document.querySelector('main')) found.push('no main');
    return found;
  });
}

describe('signing in', () => {
  it('says why a wrong password does not work, then opens the desk', async () => {
    opened = await openPage(browser, WIDE);
    const { page } = opened;
    await page.goto(server.url);
    await page.getByTestId('sign-in-username').fill('wangfang');
    await page.getByTestId('sign-in-password').fill('wrong');
    await page.getByTestId('sign-in-password').press('Enter');
    await page.getByText('用户名或密码错误').waitFor();
    await page.getByTestId('sign-in-password').fill('tandem');
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('start-shift').waitFor();
    expect(page.url()).toContain('/desk');
  });
  it('is reached field by field with the keyboard', async () => {
    opened = await openPage(browser, WIDE);
    const { page } = opened;
    await page.goto(server.url);
    await page.getByTestId('sign-in-username').waitFor();
    const order: (string | undefined)[] = [];
    await page.getByTestId('sign-in-username').focus();
    for (let step = 0; step < 3; step += 1) {
      order.push(await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.testid));
      await page.keyboard.press('Tab');
    }
    expect(order.slice(0, 2)).toEqual(['sign-in-username', 'sign-in-password']);
  });
});

describe('the desk', () => {
  it('rings with who and why; Enter answers and the phone says so', async () => {
    const page = await onShift();
    server.show('ringing');
    const ringing = page.getByTestId('ringing');
    await ringing.waitFor();
    expect(await ringing.textContent()).toMatch(/王芳[\s\S]*申请退款[\s\S]*00:41/);
    await expect.poll(() => page.title()).toContain('王芳');
    await page.waitForTimeout(400);
    await page.keyboard.press('Enter');
    await expect
      .poll(() =>
        server
          .phones()
          .flatMap((phone) => phone.heard)
          .some((line) => line === 'SIP/2.0 200 OK'),
      )
      .toBe(true);
    server.show('talking');
    await page.getByTestId('mute').click();
    expect(await page.getByTestId('mute').getAttribute('aria-pressed')).toBe('true');
    expect(opened.faults).toEqual([]);
  });
  it('declines with Esc', async () => {
    const page = await onShift();
    server.show('ringing');
    await page.getByTestId('ringing').waitFor();
    await page.waitForTimeout(400);
    await page.keyboard.press('Escape');
    await asked('POST /offers/o-1/decline').toBe(1);
    await page.getByTestId('ringing').waitFor({ state: 'detached' });
    await expect
      .poll(() =>
        server
          .phones()
          .flatMap((phone) => phone.heard)
          .some((line) => line.includes(' 486 ')),
      )
      .toBe(true);
  });
  it('shows a hold at once and takes it back with a sentence when the server refuses', async () => {
    const page = await onShift();
    server.show('talking');
    server.refuse('POST /contacts/c-1/hold');
    await page.getByTestId('hold').click();
    await page.getByText('当前状态不允许此操作。').waitFor();
    await expect.poll(() => page.getByTestId('hold').getAttribute('aria-pressed')).toBe('false');
    await page.getByTestId('hold').click();
    await expect.poll(() => page.getByTestId('hold').getAttribute('aria-pressed')).toBe('true');
  });
  it('sends digits, transfers by typing, and carries the notes into the wrap-up', async () => {
    const page = await onShift();
    server.show('talking');
    await page.getByTestId('keypad').click();
    await page.getByTestId('key-5').click();
    await asked('POST /contacts/c-1/digits {"digits":"5"}').toBe(1);
    await page.getByTestId('transfer').click();
    await page.getByTestId('transfer-search').fill('李');
    await page.keyboard.press('Enter');
    await asked('POST /contacts/c-1/transfer {"target":{"kind":"agent","agentId":"a2"}}').toBe(1);
    await page.locator('.call-notes textarea').fill('客户要求周三前退款');
    await page.reload();
    await page.getByTestId('hang-up').click();
    await page.getByTestId('wrap-up').waitFor();
    expect(await page.getByTestId('notes').inputValue()).toBe('客户要求周三前退款');
    await page.getByTestId('disposition-refund').check();
    await page.getByTestId('wrap-up-done').click();
    await asked('PUT /contacts/c-1/wrap-up {"dispositionId":"refund","notes":"客户要求周三前退款","done":true}').toBe(
      1,
    );
    await page.getByTestId('wrap-up').waitFor({ state: 'detached' });
  });
  it('asks somebody first, and leads on with buttons and keys', async () => {
    const page = await onShift();
    server.show('talking');
    await page.getByTestId('transfer').click();
    await page.getByTestId('transfer-search').fill('李');
    await page.getByTestId('consult-ask').click();
    await asked('POST /contacts/c-1/consult {"target":{"kind":"agent","agentId":"a2"}}').toBe(1);
    expect(server.asked.some((line) => line.startsWith('POST /contacts/c-1/transfer'))).toBe(false);
    server.show('consult');
    await page.getByText('正在咨询李娜').first().waitFor();
    expect(await page.getByTestId('hold').isDisabled()).toBe(true);
    await page.getByTestId('consult-conference').click();
    await asked('POST /contacts/c-1/consult/conference').toBe(1);
    await page.keyboard.press('g');
    await asked('POST /contacts/c-1/consult/complete').toBe(1);
    server.show('consult');
    server.show('talking');
    await page.getByTestId('consult').waitFor({ state: 'detached' });
  });
  it('says when the one who was asked is gone', async () => {
    const page = await onShift();
    server.show('consult');
    await page.getByTestId('consult').waitFor();
    server.show('talking');
    await page.getByText('李娜已挂断').waitFor();
  });
  it('rings with who asks about whom; declining is the phone’s word alone', async () => {
    const page = await onShift();
    server.show('asked-ringing');
    const ringing = page.getByTestId('ringing');
    await ringing.waitFor();
    expect(await ringing.textContent()).toMatch(/李娜向您咨询[\s\S]*王芳/);
    await page.waitForTimeout(400);
    await page.keyboard.press('Escape');
    const heard = () => server.phones().flatMap((phone) => phone.heard);
    await expect.poll(() => heard().some((line) => line.includes(' 486 '))).toBe(true);
    expect(server.asked.filter((line) => line.includes('decline'))).toEqual([]);
    server.show('asked');
    await page.getByTestId('asked').waitFor();
    expect(await page.getByTestId('transfer').count()).toBe(0);
  });
  it('brings the call back by itself after a reload', async () => {
    const page = await onShift();
    server.show('talking');
    await page.reload();
    await asked('POST /shift/phone').toBe(1);
    await expect
      .poll(
        () =>
          server
            .phones()
            .flatMap((phone) => phone.heard)
            .some((line) => line === 'SIP/2.0 200 OK'),
        { timeout: 8_000 },
      )
      .toBe(true);
  });
  it('says when it is not connected, what still works, and when it is back', async () => {
    const page = await onShift();
    server.show('talking');
    await page.getByTestId('mute').waitFor();
    server.reachable(false);
    await page.getByTestId('not-connected').waitFor();
    expect(await page.getByRole('heading', { name: '王芳' }).isVisible()).toBe(true);
    server.reachable(true);
    await page.getByTestId('not-connected').waitFor({ state: 'detached' });
  });
  it('lets only one tab hold the phone, and lets the other take it', async () => {
    const first = await onShift();
    const second = await opened.context.newPage();
    await second.goto(`${server.url}/desk`);
    await second.getByTestId('phone-take-over').click();
    await first.getByTestId('phone-elsewhere').waitFor();
    await second.getByTestId('phone-elsewhere').waitFor({ state: 'detached' });
  });
  it('speaks the other language at once', async () => {
    const page = await onShift();
    await page.getByTestId('language-switch').click();
    await page.getByText('Ready for the next call').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await asked('PATCH /session {"locale":"en"}').toBe(1);
  });
  it('shows the hotkeys on ? and hears them', async () => {
    const page = await onShift();
    server.show('talking');
    await page.getByTestId('hold').waitFor();
    await page.keyboard.press('?');
    await page.getByTestId('hotkeys').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('hotkeys').waitFor({ state: 'detached' });
    await page.keyboard.press('h');
    await asked('POST /contacts/c-1/hold').toBe(1);
  });
  it.each([WIDE, PHONE, SMALLEST])('has names, labels and no overflow in every scene at $width px', async (look) => {
    const page = await signIn('wangfang', '/desk', look);
    await page.locator('main').waitFor();
    for (const scene of SCENES) {
      server.show(scene);
      await page.waitForTimeout(250);
      expect({ scene, found: await shortcomings(page) }).toEqual({ scene, found: [] });
    }
    expect(opened.faults).toEqual([]);
  });
});

describe('the supervisor’s floor', () => {
  it('explains in words why a contact waits, also a reason that it does not know', async () => {
    const page = await signIn('supervisor', '/supervisor');
    await page.getByTestId('floor-contact').first().click();
    const why = page.getByTestId('explanation');
    await why.waitFor();
    await expect.poll(() => why.textContent()).toContain('技能不足（refund）');
    expect(await why.textContent()).toContain('some new code');
    await page.getByTestId('pull').click();
    await asked('POST /contacts/c-1/pull').toBe(1);
  });
  it('puts who needs a look first', async () => {
    const page = await signIn('supervisor', '/supervisor');
    await expect.poll(() => page.getByTestId('agent-card').first().textContent()).toContain('话机未注册');
  });
  it('has names, labels and no overflow, and a wallboard', async () => {
    const page = await signIn('supervisor', '/supervisor');
    await page.getByTestId('queues-table').waitFor();
    expect(await shortcomings(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await shortcomings(page)).toEqual([]);
    await page.goto(`${server.url}/supervisor/wallboard`);
    await page.getByTestId('wallboard').waitFor();
    expect(opened.faults).toEqual([]);
  });
});

describe('the routing page', () => {
  it('names every problem by its path before it can be saved', async () => {
    const page = await signIn('admin', '/admin');
    const text = page.getByTestId('configuration-text');
    await text.fill((await text.inputValue()).replace('longest-idle', 'fastest'));
    await expect.poll(() => page.getByTestId('problems').textContent()).toContain('queues[0].strategy');
    expect(await page.getByTestId('configuration-save').isDisabled()).toBe(true);
    expect(await shortcomings(page)).toEqual([]);
  });
  it('asks where the contacts of a removed queue go', async () => {
    const page = await signIn('admin', '/admin');
    const text = page.getByTestId('configuration-text');
    const body = JSON.parse(await text.inputValue());
    await text.fill(JSON.stringify({ ...body, queues: body.queues.slice(0, 1) }, null, 2));
    await page.getByTestId('move-contacts').waitFor();
    expect(await page.getByTestId('configuration-save').isDisabled()).toBe(true);
    expect(await shortcomings(page)).toEqual([]);
    await page.getByTestId('move-contacts').getByRole('combobox').click();
    await page.getByTitle('refund').click();
    await expect.poll(() => page.getByTestId('configuration-save').isEnabled()).toBe(true);
    await page.getByTestId('configuration-save').click();
    await expect
      .poll(() => server.asked.filter((line) => line.startsWith('PUT /configuration')).join())
      .toContain('"moveContacts":{"orders":"refund"}');
  });
  it('shows what a version changed and restores it', async () => {
    const page = await signIn('admin', '/admin');
    await page.getByTestId('version').nth(1).click();
    await page.locator('.difference [data-kind="removed"]').first().waitFor();
    await page.getByTestId('restore').click();
    await page.locator('.ant-popconfirm-buttons .ant-btn-primary').click();
    await asked('POST /configuration/versions/2/restore').toBe(1);
  });
});

describe('the caller’s page', () => {
  it.each([WIDE, PHONE, SMALLEST])('says what happens in words at $width px, in its language', async (look) => {
    opened = await openPage(browser, look);
    const { page } = opened;
    await page.goto(`${server.url}/call`);
    await page.getByTestId('call-start').click();
    await page.getByTestId('call-end').waitFor();
    const phase = page.getByTestId('caller-phase');
    const show = async (scene: keyof typeof CALLER_SCENES, words: RegExp) => {
      await expect
        .poll(() => {
          const view = CALLER_SCENES[scene];
          if (view) server.showCaller(view);
          return page.locator('.caller-status').textContent();
        })
        .toMatch(words);
      expect(await shortcomings(page)).toEqual([]);
    };
    const chinese = look.locale === 'zh-CN';
    await expect.poll(() => phase.getAttribute('data-phase')).toBe('calling');
    await show('menu', chinese ? /请按键选择/ : /Please choose/);
    expect(await page.getByTestId('key-2').getAttribute('aria-label')).toContain(chinese ? '退款与售后' : 'Refunds');
    await show('waiting', chinese ? /第 2 位[\s\S]*1–2 分钟/ : /number 2[\s\S]*1–2 minutes/);
    await show('talking', /王芳/);
    await page.getByTestId('call-end').click();
    await expect.poll(() => phase.getAttribute('data-phase')).toBe('ended');
    expect(opened.faults).toEqual([]);
  });
  it('says what to do when the microphone is refused', async () => {
    opened = await openPage(browser, WIDE);
    const { page } = opened;
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
    });
    await page.goto(`${server.url}/call`);
    await page.getByTestId('call-start').click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('麦克风');
    expect(server.asked.some((line) => line.startsWith('POST /caller-sessions'))).toBe(false);
  });
});
