export { type Live, type LiveState, openLive, type Revised } from './live.ts';
export { withExpectations } from './optimistic.ts';
export { networkBars } from './ping.ts';
export { type Answer, request, setRequestLanguage } from './request.ts';
