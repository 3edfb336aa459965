/** The store's door: the SQL port with its backings, and one small module of plain SQL per thing that is kept. */
export * from './agents.ts';
export * from './api-tokens.ts';
export * from './audit.ts';
export * from './choices.ts';
export * from './contact-events.ts';
export * from './contact-lists.ts';
export {
  type Contact,
  type ContactChanges,
  closeContact,
  createContact,
  DIRECTIONS,
  type Direction,
  endContact,
  findContact,
  listOpenContacts,
  type NewContact,
  updateContact,
} from './contacts.ts';
export * from './customers.ts';
export * from './database.ts';
export * from './effects-done.ts';
export * from './flows.ts';
export * from './journal.ts';
export * from './leases.ts';
export { migrate } from './migrate.ts';
export { openDatabase } from './open-database.ts';
export { openPglite } from './pglite.ts';
export * from './phone-credentials.ts';
export { IDENTITY_KINDS, type Identity, type IdentityKind, identityOfCaller } from './phone-number.ts';
export { openPostgres } from './postgres.ts';
export * from './recordings.ts';
export * from './roles.ts';
export * from './routing-configurations.ts';
export {
  endWrapUpAside,
  enterPhase,
  type NewSegment,
  nextSegment,
  PHASES,
  type Phase,
  type Segment,
  STORED_SEGMENT_KINDS,
  type StoredSegmentKind,
  segmentsOf,
  startWrapUpAside,
} from './segments.ts';
export * from './sessions.ts';
export * from './snapshots.ts';
export * from './timeline.ts';
export {
  countOthersWithRole,
  countUsers,
  createUser,
  findUser,
  findUserForSignIn,
  findUserWithPassword,
  listUsers,
  type NewUser,
  setUserRoles,
  type User,
  type UserWithPassword,
  updateUser,
} from './users.ts';
export * from './wait-predictions.ts';
