/** Who may do what: users, sessions, permissions, and what the switch is told about phones. */
export { ApiTokens, type IssuedToken } from './api-tokens.ts';
export { FailedAttempts } from './attempts.ts';
export { type Identity, identityOf } from './identity.ts';
export { hashPassword } from './password.ts';
export { type NewPerson, People, type Person, type PersonChanges, type PersonOutcome } from './people.ts';
export { PERMISSIONS, type Permission, SEEDED_ROLES } from './permission.ts';
export { GUEST_PREFIX, type IssuedPhone, Phones } from './phones.ts';
export { SESSION_IDLE_MS, type SessionEnd, Sessions, type SignInOutcome } from './sign-in.ts';
