export { askSession, type Page, pagesOf, signIn, signOut, useSession, useWelcome, wasSignedOut } from './session.ts';
