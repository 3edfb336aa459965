import { z } from 'zod';

/** Name of a flow's variable. */
export const variableNameSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,39}$/, 'letters, digits and _, up to 40');

/**
 * A pattern for digits, in the subset that JavaScript and PCRE share and that can't run away: digits, `.`, `[…]`, `(a|b)`, and
 * counts; no nested repetition, no look-around.
 */
export const safePatternSchema = z
  .string()
  .max(100)
  .regex(/^[0-9*#.[\]()|{},?+^$\\d-]+$/, 'a pattern of digits')
  .refine((pattern) => !/\)[+*{]/.test(pattern), { message: 'a group may not be repeated' })
  .refine(
    (pattern) => {
      try {
        new RegExp(pattern);
        return true;
      } catch {
        return false;
      }
    },
    { message: 'a valid pattern' },
  );
