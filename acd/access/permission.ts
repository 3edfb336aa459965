/** What somebody may do. A role is a set of these. */
export const PERMISSIONS = [
  'contacts.handle',
  'contacts.view-all',
  'customers.edit',
  'recordings.listen-own',
  'recordings.listen-all',
  'numbers.see',
  'floor.watch',
  'floor.act',
  'configuration.edit',
  'users.manage',
  'tokens.manage',
  'metrics.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const AGENT = ['contacts.handle', 'customers.edit', 'recordings.listen-own'] as const satisfies readonly Permission[];
const QUALITY = ['contacts.view-all', 'recordings.listen-all'] as const satisfies readonly Permission[];
const SUPERVISOR = [
  ...AGENT,
  ...QUALITY,
  'numbers.see',
  'floor.watch',
  'floor.act',
] as const satisfies readonly Permission[];

/** The roles that a new installation starts with, widest last: a user of several roles is shown as the widest. */
export const SEEDED_ROLES = [
  { id: 'agent', name: 'Agent', permissions: AGENT },
  { id: 'quality', name: 'Quality', permissions: QUALITY },
  { id: 'supervisor', name: 'Supervisor', permissions: SUPERVISOR },
  { id: 'administrator', name: 'Administrator', permissions: PERMISSIONS },
] as const satisfies readonly { id: string; name: string; permissions: readonly Permission[] }[];

/** True for a word of {@link PERMISSIONS}; others in the database are ignored, so an older server can run beside a newer one. */
export function isPermission(word: string): word is Permission {
  return (PERMISSIONS as readonly string[]).includes(word);
}
