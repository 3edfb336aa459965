import { useSyncExternalStore } from 'react';
import { PALETTE, type Scheme } from './palette.ts';

const query = () => matchMedia('(prefers-color-scheme: dark)');

/** Writes the palette as CSS variables `--t-…` before anything is drawn, and again when the system's scheme changes. */
export function paintScheme(): void {
  const apply = () => {
    const scheme: Scheme = query().matches ? 'dark' : 'light';
    const root = document.documentElement;
    root.dataset.scheme = scheme;
    root.style.colorScheme = scheme;
    for (const [name, value] of Object.entries(PALETTE[scheme])) root.style.setProperty(`--t-${name}`, value);
  };
  apply();
  query().addEventListener('change', apply);
}

export function useScheme(): Scheme {
  return useSyncExternalStore(
    (changed) => {
      const list = query();
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => (query().matches ? 'dark' : 'light'),
  );
}

/** Wide screens are looked at from further away: everything grows with them. */
const SCALES = [
  { media: '(min-width: 3400px)', scale: 1.75 },
  { media: '(min-width: 2400px)', scale: 1.25 },
] as const;

export function useScale(): number {
  return useSyncExternalStore(
    (changed) => {
      const lists = SCALES.map((step) => matchMedia(step.media));
      for (const list of lists) list.addEventListener('change', changed);
      return () => {
        for (const list of lists) list.removeEventListener('change', changed);
      };
    },
    () => SCALES.find((step) => matchMedia(step.media).matches)?.scale ?? 1,
  );
}
