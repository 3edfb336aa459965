import type { PhoneCredentials } from '../../acd/api/contract/index.ts';
import { type PhoneCall, ScriptedPhone } from '../phones/index.ts';
import { type Api, openApi } from './api.ts';
import type { Center } from './center.ts';
import { GREETING_MS, pause } from './desk-page.ts';

/** A caller on a SIP phone who pressed a digit in the menu, or only called. */
export interface Caller {
  readonly phone: ScriptedPhone;
  readonly call: PhoneCall;
}

export async function callIn(
  center: Center,
  options: { readonly number?: string; readonly toneHz: number; readonly digit?: string },
): Promise<Caller> {
  const phone = await ScriptedPhone.start({
    user: options.number ?? '13800001234',
    server: center.trunk,
    toneHz: options.toneHz,
  });
  const call = await phone.call('4000');
  await call.answered;
  if (options.digit !== undefined) {
    await pause(GREETING_MS);
    call.sendDigits(options.digit);
  }
  return { phone, call };
}

/** An agent whose phone is no browser: signed in by the API, available, answering what rings. */
export interface PhoneAgent {
  readonly api: Api;
  readonly phone: ScriptedPhone;
}

export async function beginShiftByPhone(center: Center, username: string, toneHz: number): Promise<PhoneAgent> {
  const api = await openApi(center.url, username);
  const credentials = await api.call<PhoneCredentials>('/shift', 'POST', {});
  const phone = await ScriptedPhone.start({
    user: credentials.user,
    password: credentials.password,
    domain: credentials.domain,
    server: center.agents,
    toneHz,
  });
  await phone.register();
  await api.call('/status', 'PUT', { status: 'available' });
  return { api, phone };
}

/** How long an agent is left alone after an offer that came to nothing; two that ring out mean a break. */
const REFUSAL_DELAYS = { noAnswerMs: 500, busyMs: 500, declinedMs: 500, failedMs: 500, noAnswerLimit: 2 };

/** Shortens what people would wait for: how long it rings, and the time to wrap up. Waiting contacts are not touched. */
export async function hurry(
  center: Center,
  times: { readonly ringMs: number; readonly wrapUpMs: number },
): Promise<void> {
  const admin = await openApi(center.url, 'admin');
  const { version, configuration } = await admin.call<{
    version: number;
    configuration: { queues: Record<string, unknown>[] };
  }>('/configuration');
  const queues = configuration.queues.map((queue) => ({
    ...queue,
    offerTimeoutMs: { voice: times.ringMs },
    wrapUpMs: { voice: times.wrapUpMs },
  }));
  await admin.call('/configuration', 'PUT', {
    baseVersion: version,
    note: 'shorter times for a test',
    configuration: { ...configuration, queues, refusalDelays: REFUSAL_DELAYS },
  });
}
