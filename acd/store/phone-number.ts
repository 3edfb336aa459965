/** An address that tells a customer apart, in the one form in which it is stored. */
export interface Identity {
  readonly kind: IdentityKind;
  readonly value: string;
}

/** `phone` is E.164 with `+`; `extension` a number that is not one (short codes, inner numbers); the rest are keys of their channel. */
export const IDENTITY_KINDS = ['phone', 'extension', 'sip', 'email', 'chat', 'wechat'] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

const WITHHELD = new Set(['', 'anonymous', 'unknown', 'unavailable', 'restricted', 'private', 'asterisk']);

/**
 * Who a caller is by what the line says: E.164 where the number can be read so (ITU-T E.164: at most 15 digits), else an extension or a
 * SIP name; undefined for a withheld number. Numbers without a country are read as those of `countryCode`; for China (86) mobiles come
 * with eleven digits, also with a 0 before them, and land lines with the 0 of their area.
 */
export function identityOfCaller(raw: string, countryCode = '86'): Identity | undefined {
  const text = raw
    .trim()
    .replace(/^(tel|sip|sips):/i, '')
    .replace(/[;?].*$/, '')
    .slice(0, 256);
  const user = text.split('@')[0] ?? '';
  if (WITHHELD.has(user.toLowerCase())) return undefined;
  const digits = user.replace(/[\s().-]/g, '');
  if (!/^\+?\d+$/.test(digits)) return { kind: 'sip', value: user.toLowerCase() };
  const e164 = toE164(digits, countryCode);
  return e164 === undefined ? { kind: 'extension', value: digits.slice(0, 64) } : { kind: 'phone', value: e164 };
}

function toE164(digits: string, countryCode: string): string | undefined {
  if (digits.startsWith('+')) return international(digits.slice(1));
  if (digits.startsWith('00')) return international(digits.slice(2));
  const national = digits.replace(/^0/, '');
  if (countryCode === '86') {
    if (/^1[3-9]\d{9}$/.test(national)) return `+86${national}`;
    if (/^861[3-9]\d{9}$/.test(digits)) return `+${digits}`;
  }
  return digits.startsWith('0') ? international(`${countryCode}${national}`) : undefined;
}

function international(digits: string): string | undefined {
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}
