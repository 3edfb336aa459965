export { useCallActions } from './call-actions.ts';
export { CallPanel } from './call-panel.tsx';
export { toggleHold } from './toggle-hold.ts';
