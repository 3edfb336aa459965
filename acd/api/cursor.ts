import { CodedError } from '../../config/errors.ts';
import type { ContactCursor } from '../store/index.ts';

/** A place in a list as clients carry it: opaque to them. */
export function writeCursor(cursor: ContactCursor): string {
  return Buffer.from(`${cursor.startedAtMs} ${cursor.id}`).toString('base64url');
}

/** Throws `request.invalid` for what we never wrote. */
export function readCursor(text: string | undefined): ContactCursor | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,15}) ([\w-]{1,60})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
  if (!match?.[1] || !match[2]) throw new CodedError('request.invalid', { field: 'cursor' });
  return { startedAtMs: Number(match[1]), id: match[2] };
}
