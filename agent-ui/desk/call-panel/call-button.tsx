import type { ReactNode } from 'react';

interface ButtonProps {
  readonly testId: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly onClick: () => void;
}

/** A large button of the running call: an icon over a word. */
export function CallButton({ testId, label, icon, pressed, disabled = false, danger = false, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      className="call-button"
      data-testid={testId}
      data-danger={danger}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <span className="call-button-icon">{icon}</span>
      <span className="call-button-label">{label}</span>
    </button>
  );
}
