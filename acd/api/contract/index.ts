/**
 * What the pages and other systems may rely on: request and answer schemas, and the typed maps of socket events.
 * It holds no server code, so the pages can import it.
 *
 * Paths are under `/api/v1`. Reads answer the schema named beside them; commands answer `{ ok: true }`.
 *
 * | path | who | body → answer |
 * |---|---|---|
 * | GET /welcome | anybody | → Welcome |
 * | POST /session · GET /session · DELETE /session · PATCH /session | anybody / signed in | SignIn → Me; preferences |
 * | POST /caller-sessions | anybody (rate limited) | → CallerSession |
 * | POST /shift · DELETE /shift | agent | → PhoneCredentials; begins and ends the shift |
 * | POST /shift/phone | agent | → PhoneCredentials, anew after a reload, without a new shift |
 * | PUT /status | agent | setStatus |
 * | GET /desk · GET /directory | agent | → Desk · Directory |
 * | POST /offers/:offerId/decline | agent | the phone's own answer accepts |
 * | POST /contacts/:contactId/hold · unhold · hang-up · transfer · digits · recording/pause · recording/resume | its agent | |
 * | POST /contacts/:contactId/consult · consult/complete · consult/conference · consult/cancel | its agent | consult: whom to ask; then hand over, all three together, or back to the caller |
 * | PUT /contacts/:contactId/wrap-up · POST …/wrap-up/extend | its agent | wrapUp |
 * | GET /contacts/today · GET /contacts/:contactId | agent | → ContactPage · ContactDetail |
 * | GET /customers/:customerId · PATCH · GET …/timeline?cursor= | agent | → CustomerCard · ContactPage |
 * | GET /recordings/:recordingId/audio | with permission | WAV, ranges |
 * | GET /floor · GET /contacts/:contactId/explanation · GET /agents/:agentId/explanation | supervisor | |
 * | POST /contacts/:contactId/assign · move · priority · pull · supervise | supervisor | pull brings it to the supervisor's own desk |
 * | PUT /agents/:agentId/status · drain | supervisor | |
 * | GET /configuration · PUT · POST /configuration/check · GET /configuration/versions · POST /configuration/versions/:version/restore | administrator | |
 * | GET /users · POST /users · PATCH /users/:userId · PUT /users/:userId/password | administrator | people; a new password or other rights end their sessions |
 * | PUT /session/password | signed in | one's own; other sessions end |
 * | GET /api-tokens · POST /api-tokens · DELETE /api-tokens/:tokenId | administrator | for other systems: `Authorization: Bearer …` |
 *
 * Calls to a page's phone carry `X-Tandem-Contact` (the `phoneCallKey`), `X-Tandem-Reattach: 1` when they bring a running call back after
 * `POST /shift/phone`, and `X-Tandem-Supervise: <mode>` when they are a supervisor's own leg; the last two are answered by the page itself.
 * `X-Tandem-Consult: 1` says that a colleague asks about their contact (`DeskContact.askedBy`): it rings, and a 486 declines.
 * `POST /shift/phone` serves a supervisor without a shift too. Decline by the page is `POST /offers/:offerId/decline` and a 486 of its phone.
 *
 * A command may carry `Idempotency-Key` (8–64 characters): the same key within ten minutes gives the first answer again, also while the
 * first is still under way; the same key with another body is refused.
 */
export * from './caller.ts';
export * from './configuration.ts';
export * from './desk.ts';
export * from './events.ts';
export * from './people.ts';
export * from './session.ts';
export * from './supervisor.ts';
export * from './words.ts';
