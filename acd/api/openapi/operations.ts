/** The chapters of the API's description. */
export const TAGS = {
  session: 'Signing in and out, and what a page may know before.',
  calling: 'Calling from a web page.',
  desk: "An agent's own work: shift, status, calls, wrap-up.",
  contacts: 'Contacts, customers and recordings.',
  floor: "A supervisor's view and actions.",
  configuration: 'The live routing configuration and its versions.',
  administration: 'People, and tokens of other systems.',
} as const;

/** One operation in words. */
export interface Operation {
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  /** True when nobody needs to be signed in. */
  readonly open?: true;
}

/** Every operation of the API; a test compares the list with the routes. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /welcome': { tag: 'session', summary: 'What a page may know before anybody signed in', open: true },
  'POST /session': { tag: 'session', summary: 'Signs in; the answer sets the session cookie', open: true },
  'GET /session': { tag: 'session', summary: 'Who is signed in' },
  'PATCH /session': { tag: 'session', summary: 'Changes the language of the person who is signed in' },
  'DELETE /session': { tag: 'session', summary: 'Signs out; every page of this session is told', open: true },
  'PUT /session/password': { tag: 'session', summary: "Changes one's own password; other sessions end" },
  'POST /caller-sessions': {
    tag: 'calling',
    summary: 'Credentials of a phone for one call from a web page',
    open: true,
  },
  'POST /shift': { tag: 'desk', summary: "Begins the shift and gives the phone's credentials" },
  'DELETE /shift': { tag: 'desk', summary: 'Ends the shift; running work is finished first' },
  'POST /shift/phone': {
    tag: 'desk',
    summary: "New credentials for the phone of a reloaded page; the shift's call comes back",
  },
  'PUT /status': { tag: 'desk', summary: 'Available, or on break with a reason' },
  'GET /desk': { tag: 'desk', summary: "Everything that the agent's page shows" },
  'GET /directory': { tag: 'desk', summary: 'Whom a call can be transferred to, and the words to choose from' },
  'POST /offers/{offerId}/decline': { tag: 'desk', summary: 'Declines what rings' },
  'POST /contacts/{contactId}/hold': { tag: 'desk', summary: 'Puts the customer on hold' },
  'POST /contacts/{contactId}/unhold': { tag: 'desk', summary: 'Takes the customer back from hold' },
  'POST /contacts/{contactId}/hang-up': { tag: 'desk', summary: 'Ends the call' },
  'POST /contacts/{contactId}/transfer': { tag: 'desk', summary: 'Transfers to a queue, an agent, a flow or a number' },
  'POST /contacts/{contactId}/consult': {
    tag: 'desk',
    summary: 'Asks a colleague or a number while the customer hears music',
  },
  'POST /contacts/{contactId}/consult/complete': { tag: 'desk', summary: 'The second party keeps the customer' },
  'POST /contacts/{contactId}/consult/conference': { tag: 'desk', summary: 'All three together' },
  'POST /contacts/{contactId}/consult/cancel': {
    tag: 'desk',
    summary: 'Lets the second party go; back to the customer',
  },
  'POST /contacts/{contactId}/digits': { tag: 'desk', summary: 'Sends keypad digits into the call' },
  'POST /contacts/{contactId}/recording/pause': {
    tag: 'desk',
    summary: 'Silence is written from now on, e.g. for card numbers',
  },
  'POST /contacts/{contactId}/recording/resume': { tag: 'desk', summary: 'Sound is written again' },
  'PUT /contacts/{contactId}/wrap-up': {
    tag: 'desk',
    summary: 'Saves disposition and notes, and ends the wrap-up when asked to',
  },
  'POST /contacts/{contactId}/wrap-up/extend': { tag: 'desk', summary: 'More time for the wrap-up' },
  'GET /contacts/today': { tag: 'contacts', summary: "The agent's contacts of today, newest first" },
  'GET /contacts/{contactId}': { tag: 'contacts', summary: 'A contact with all its parts' },
  'GET /customers/{customerId}': { tag: 'contacts', summary: "The customer's card" },
  'PATCH /customers/{customerId}': { tag: 'contacts', summary: "Changes the customer's card" },
  'GET /customers/{customerId}/timeline': {
    tag: 'contacts',
    summary: "The customer's contacts on all channels, newest first",
  },
  'GET /recordings/{recordingId}/audio': { tag: 'contacts', summary: 'The sound of a recording, whole or in ranges' },
  'GET /floor': { tag: 'floor', summary: 'Queues, agents and contacts as they are now' },
  'GET /contacts/{contactId}/explanation': { tag: 'floor', summary: 'Why a contact still waits' },
  'GET /agents/{agentId}/explanation': { tag: 'floor', summary: 'Why nothing comes to an agent' },
  'POST /contacts/{contactId}/assign': { tag: 'floor', summary: 'Gives a waiting contact to an agent' },
  'POST /contacts/{contactId}/move': { tag: 'floor', summary: 'Moves a waiting contact to another queue' },
  'POST /contacts/{contactId}/priority': { tag: 'floor', summary: 'Changes the priority of a waiting contact' },
  'POST /contacts/{contactId}/pull': { tag: 'floor', summary: "Brings the contact to the supervisor's own desk" },
  'POST /contacts/{contactId}/supervise': { tag: 'floor', summary: 'Listens, whispers or barges in' },
  'PUT /agents/{agentId}/status': { tag: 'floor', summary: 'Frees a stuck agent; running conversations are kept' },
  'PUT /agents/{agentId}/drain': { tag: 'floor', summary: 'No new work; out when the running work is done' },
  'GET /configuration': { tag: 'configuration', summary: 'The active configuration' },
  'PUT /configuration': { tag: 'configuration', summary: 'Makes a new version and activates it' },
  'POST /configuration/check': {
    tag: 'configuration',
    summary: 'Says what is wrong with a configuration, and changes nothing',
  },
  'GET /configuration/versions': { tag: 'configuration', summary: 'Versions, newest first' },
  'GET /configuration/versions/{version}': { tag: 'configuration', summary: 'One version' },
  'POST /configuration/versions/{version}/restore': {
    tag: 'configuration',
    summary: 'Makes a new version that equals an old one',
  },
  'GET /users': { tag: 'administration', summary: 'Everybody who works here' },
  'POST /users': { tag: 'administration', summary: 'Adds a person, and the agent they may be' },
  'PATCH /users/{userId}': {
    tag: 'administration',
    summary: 'Changes name, role, language, agent, or disables the person',
  },
  'PUT /users/{userId}/password': { tag: 'administration', summary: "Sets a new password; the person's sessions end" },
  'GET /api-tokens': { tag: 'administration', summary: 'Tokens of other systems, without their secret' },
  'POST /api-tokens': { tag: 'administration', summary: 'Makes a token; it is said once' },
  'DELETE /api-tokens/{tokenId}': { tag: 'administration', summary: 'Revokes a token' },
};
