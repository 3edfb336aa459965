/** Who may do what: users, sessions, permissions, and what the switch is told about phones. */
export { type Identity, identityOf } from './identity.ts';
export { hashPassword } from './password.ts';
export { PERMISSIONS, type Permission, SEEDED_ROLES } from './permission.ts';
export { GUEST_PREFIX, type IssuedPhone, Phones } from './phones.ts';
export { SESSION_IDLE_MS, Sessions, type SignInOutcome } from './sign-in.ts';
