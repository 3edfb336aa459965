import { CodedError } from '../../config/errors.ts';

/** What both backings attach to a fault that the server itself reported. */
interface ServerFault {
  readonly code: string;
  readonly constraint?: string;
  readonly table?: string;
}

function isServerFault(fault: unknown): fault is ServerFault {
  return typeof fault === 'object' && fault !== null && 'code' in fault && /^[0-9A-Z]{5}$/.test(String(fault.code));
}

/** SQLSTATE classes and codes after which the same statement may succeed later: connection, resources, shutdown, cancelled, deadlock. */
const AWAY = /^(08|53|57P|58)|^(57014|40001|40P01|25P03|25P04|55P03|25006)$/;

/**
 * Turns what a driver threw into one of our codes, by SQLSTATE (PostgreSQL appendix A). A fault without one comes from
 * the connection, so the database counts as away. The statement's text and values are never part of it.
 */
export function storeFault(fault: unknown): CodedError {
  if (fault instanceof CodedError) return fault;
  if (!isServerFault(fault)) return new CodedError('store.unavailable', {}, fault);
  if (AWAY.test(fault.code)) return new CodedError('store.unavailable', { sqlState: fault.code }, fault);
  const fields = { sqlState: fault.code, constraint: fault.constraint, table: fault.table };
  return new CodedError(fault.code.startsWith('23') ? 'store.conflict' : 'store.statement', fields, fault);
}
