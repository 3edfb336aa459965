import { create } from 'zustand';

export type CallDialog = 'keypad' | 'transfer';

/** What keys and buttons of the call share: which of its dialogs is open. */
export const useCallActions = create<{
  readonly shown: CallDialog | undefined;
  /** The contact whose consultation was ended on this page, so that its end is no news. */
  readonly consultEndedOf: string | undefined;
  open: (dialog: CallDialog) => void;
  close: () => void;
}>((set) => ({
  shown: undefined,
  consultEndedOf: undefined,
  open: (dialog) => set({ shown: dialog }),
  close: () => set({ shown: undefined }),
}));
