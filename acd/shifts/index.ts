/** Agents' working days: signing in and out, status, and phones that vanish. */
export { createPhoneWatch, PHONE_AWAY_REASON, type PhoneWatch } from './phone-watch.ts';
export { createShifts, isOnShift, type ShiftOutcome, type ShiftRouting, type Shifts } from './shifts.ts';
