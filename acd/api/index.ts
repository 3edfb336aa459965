/** The API's door: the HTTP server, the pages' sockets, and what both are made of. */
export { CallerTokens } from './caller-tokens.ts';
export type { ChangeOutcome, ConfigurationDesk } from './configuration-desk.ts';
export { localName, type Names } from './contact-presenter.ts';
export type { ApiDependencies, ViewChange } from './dependencies.ts';
export { maskNumber } from './mask-number.ts';
export { startOfDay } from './routes/contacts.ts';
export { API_PREFIX, createServer } from './server.ts';
export { openSockets, type PageSockets } from './sockets.ts';
