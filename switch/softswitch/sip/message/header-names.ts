/** Compact header names (RFC 3261 §7.3.3 and the registry of header names that came after). */
const COMPACT: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
};

/** How headers that we know are written. */
const WRITTEN: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  'min-se': 'Min-SE',
  'mime-version': 'MIME-Version',
};

const EXPECTED = [
  'Via,From,To,Contact,Content-Type,Content-Length,Max-Forwards,Route,Record-Route,Require,Supported,Unsupported,Allow,Accept',
  'User-Agent,Server,Expires,Min-Expires,Session-Expires,Authorization,Proxy-Authorization,Proxy-Authenticate,Refer-To',
  'Referred-By,Replaces,Event,Subscription-State,Reason,Retry-After,Warning,Date,Subject,Allow-Events,P-Asserted-Identity',
]
  .join(',')
  .split(',');

const keys = new Map<string, string>();
const written = new Map<string, string>(Object.entries(WRITTEN));
for (const name of EXPECTED) {
  const key = name.toLowerCase();
  keys.set(name, key);
  written.set(key, name);
}
for (const [key, name] of Object.entries(WRITTEN)) keys.set(name, key);
for (const [short, key] of Object.entries(COMPACT)) {
  keys.set(short, key);
  keys.set(short.toUpperCase(), key);
}

/** The key of a header: its long name in lower case. */
export function headerKey(name: string): string {
  return keys.get(name) ?? name.toLowerCase();
}

/** The form to write for a key; a name that we don't know stays as it was sent. */
export function headerWritten(key: string, sent: string): string {
  const known = written.get(key);
  if (known !== undefined) return known;
  return sent.length === 1 && key.length > 1
    ? key.replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase())
    : sent;
}
