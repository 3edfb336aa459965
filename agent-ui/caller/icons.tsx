/** Line icons of the caller’s page, drawn on a 24 × 24 grid. */
const PATHS = {
  phone: 'M5 3h3.5l2 5-2.5 1.8a12 12 0 0 0 6.2 6.2L16 13.5l5 2V19a2 2 0 0 1-2.2 2A17 17 0 0 1 3 5.2 2 2 0 0 1 5 3z',
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21',
  muted: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M4 3l16 18',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill={name === 'phone' ? 'currentColor' : 'none'}
      stroke={name === 'phone' ? 'none' : 'currentColor'}
      strokeWidth="2"
      strokeLinecap="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
