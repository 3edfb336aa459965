/** What people look at while it happens: desks, the floor, the caller's page, and the day's counts. */
export { explainAgent, explainContact } from './explain.ts';
export { cardInSight, type Sight, sightOf, stepInSight } from './sight.ts';
export { createToday, type Today } from './today.ts';
export { type FloorCalls, type FloorRouting, FloorViews } from './views.ts';
