import type { ApiCommand } from '../core/switch-core.ts';

/** `sofia_contact [PROFILE/]USER[@DOMAIN]`: how to dial the user's phones, without a line end. */
export const sofiaContact: ApiCommand = (sw, argument) => {
  const [, , user = ''] = /^(?:([^/]*)\/)?([^@]*)/.exec(argument.trim()) ?? [];
  const bindings = sw.sip.bindings(user);
  if (bindings.length === 0) return 'error/user_not_registered';
  return bindings.map((one) => `sofia/${one.profile}/${one.contact.replace(/[<>]/g, '')}`).join(',');
};
