import { create } from 'zustand';

export type CallDialog = 'keypad' | 'transfer';

/** Which of the call's dialogs is open; keys and buttons both open them. */
export const useCallActions = create<{
  readonly shown: CallDialog | undefined;
  open: (dialog: CallDialog) => void;
  close: () => void;
}>((set) => ({
  shown: undefined,
  open: (dialog) => set({ shown: dialog }),
  close: () => set({ shown: undefined }),
}));
