import { createStore, useStore } from 'zustand';
import type { Me, Role, SignedOutReason, Welcome } from '../../../acd/api/contract/index.ts';
import { changeLanguage } from '../i18n/index.ts';
import { type Answer, request, setRequestLanguage } from '../server/index.ts';

export type SessionState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signed-out'; readonly why: SignedOutReason | undefined }
  | { readonly kind: 'signed-in'; readonly me: Me };

interface SessionStore {
  readonly session: SessionState;
  readonly welcome: Welcome | undefined;
}

const store = createStore<SessionStore>(() => ({ session: { kind: 'asking' }, welcome: undefined }));

export const useSession = () => useStore(store, (now) => now.session);
export const useWelcome = () => useStore(store, (now) => now.welcome);

async function accept(me: Me): Promise<void> {
  setRequestLanguage(me.locale);
  await changeLanguage(me.locale);
  store.setState({ session: { kind: 'signed-in', me } });
}

/** Asks who is signed in; called at the start and again after the server could not be reached. */
export async function askSession(): Promise<void> {
  const [me, welcome] = await Promise.all([request<Me>('GET', '/session'), request<Welcome>('GET', '/welcome')]);
  if (welcome.kind === 'ok') store.setState({ welcome: welcome.value });
  if (me.kind === 'ok') await accept(me.value);
  else
    store.setState({
      session: me.kind === 'refused' ? { kind: 'signed-out', why: undefined } : { kind: 'unreachable' },
    });
}

export async function signIn(username: string, password: string): Promise<Answer<Me>> {
  const answer = await request<Me>('POST', '/session', { username, password });
  if (answer.kind === 'ok') await accept(answer.value);
  return answer;
}

export async function signOut(): Promise<void> {
  await request('DELETE', '/session');
  store.setState({ session: { kind: 'signed-out', why: 'signed-out' } });
}

/** The server ended the session. */
export function wasSignedOut(why: SignedOutReason): void {
  store.setState({ session: { kind: 'signed-out', why } });
}

const PAGES_OF: Record<Role, readonly Page[]> = {
  agent: ['desk'],
  quality: ['desk'],
  supervisor: ['desk', 'supervisor'],
  administrator: ['desk', 'supervisor', 'admin'],
};
export type Page = 'desk' | 'supervisor' | 'admin';

/** The pages a user may open, the usual one first. */
export function pagesOf(me: Pick<Me, 'role' | 'agentId'>): readonly Page[] {
  const pages = PAGES_OF[me.role].filter((page) => page !== 'desk' || me.agentId !== undefined);
  return me.role === 'supervisor' || me.role === 'administrator'
    ? [...pages.filter((page) => page !== 'desk'), ...pages.filter((page) => page === 'desk')]
    : pages;
}
