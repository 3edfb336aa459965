/** What people look at while it happens: desks, the floor, the caller's page, and the day's counts. */
export { explainAgent, explainContact } from './explain.ts';
export { openToday, SERVICE_LEVEL_THRESHOLD_MS, type Today } from './today.ts';
export { type FloorCalls, type FloorRouting, FloorViews, type Sight, sightOf } from './views.ts';
