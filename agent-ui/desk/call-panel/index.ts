export { AskedPanel } from './asked-panel.tsx';
export { useCallActions } from './call-actions.ts';
export { CallPanel } from './call-panel.tsx';
export { type ConsultWay, endConsult } from './end-consult.ts';
export { toggleHold } from './toggle-hold.ts';
