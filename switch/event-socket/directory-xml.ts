/** What the switch is told about one registering phone. */
export interface PhoneUser {
  readonly user: string;
  readonly domain: string;
  /** HA1 of RFC 2617: MD5 of `user:domain:password`, lower-case hexadecimal. */
  readonly ha1: string;
  readonly variables: Readonly<Record<string, string>>;
}

const escapeXml = (text: string) =>
  text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\t\n\r\u0020-\uFFFD]/g, '');

/** The answer for a user that exists, in the form that a switch's directory look-up over HTTP expects. */
export function directoryXml(phone: PhoneUser): string {
  const variables = Object.entries(phone.variables)
    .map(([name, value]) => `<variable name="${escapeXml(name)}" value="${escapeXml(value)}"/>`)
    .join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<document type="freeswitch/xml"><section name="directory">' +
    `<domain name="${escapeXml(phone.domain)}"><params><param name="dial-string" ` +
    `value="{presence_id=\${dialed_user}@\${dialed_domain}}\${sofia_contact(*/\${dialed_user}@\${dialed_domain})}"/></params>` +
    `<groups><group name="default"><users><user id="${escapeXml(phone.user)}"><params>` +
    `<param name="a1-hash" value="${escapeXml(phone.ha1)}"/></params>` +
    `<variables>${variables}</variables></user></users></group></groups></domain></section></document>\n`
  );
}

/** The answer for everything else: asked and not found. */
export const NOT_FOUND_XML =
  '<?xml version="1.0" encoding="UTF-8"?>\n<document type="freeswitch/xml"><section name="result"><result status="not found"/></section></document>\n';
