import { ERRORS, type ErrorCode } from './error-table.ts';

/** Evidence that goes with a fault: plain values only, never personal data, secrets or audio. */
export type ErrorFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * A fault: something that should not happen and that the caller can't branch on.
 * Expected outcomes are returned as unions instead. The message is static; what differs from case to case is in `fields`.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly fields: ErrorFields;

  constructor(code: ErrorCode, fields: ErrorFields = {}, cause?: unknown) {
    super(ERRORS[code].en, cause === undefined ? undefined : { cause });
    this.name = 'CodedError';
    this.code = code;
    this.fields = fields;
  }

  /** True when the same request may succeed later without any change. */
  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** True for a {@link CodedError}, optionally of one code. */
export function isCoded(error: unknown, code?: ErrorCode): error is CodedError {
  return error instanceof CodedError && (code === undefined || error.code === code);
}
