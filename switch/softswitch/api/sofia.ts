import type { ApiCommand, SwitchCore } from '../core/switch-core.ts';
import { splitArguments, usage } from './arguments.ts';

const LINE = '='.repeat(97);

function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Profiles by name, as FreeSWITCH lists them. */
function sorted(sw: SwitchCore) {
  return [...sw.profiles].sort(([a], [b]) => (a < b ? -1 : 1));
}

function plain(sw: SwitchCore): string {
  const rows = sorted(sw).map(
    ([name, at]) =>
      `${name.padStart(25)}\tprofile\t${`sip:mod_sofia@${at.host}:${at.port}`.padStart(42)}\tRUNNING (${running(sw, name)})\n`,
  );
  return (
    `${'Name'.padStart(25)}\t${'Type'.padStart(7)}\t${'Data'.padStart(42)}\tState\n${LINE}\n${rows.join('')}${LINE}\n` +
    `${rows.length} profile${rows.length === 1 ? '' : 's'} 0 aliases\n`
  );
}

function running(sw: SwitchCore, profile: string): number {
  return [...sw.sessions.values()].filter((session) => session.channel.variables.get('sofia_profile_name') === profile)
    .length;
}

function xml(sw: SwitchCore): string {
  const rows = sorted(sw).map(
    ([name, at]) =>
      `<profile>\n<name>${escaped(name)}</name>\n<type>profile</type>\n` +
      `<data>sip:mod_sofia@${escaped(at.host)}:${at.port}</data>\n<state>RUNNING (${running(sw, name)})</state>\n</profile>\n`,
  );
  return `<?xml version="1.0" encoding="ISO-8859-1"?>\n<profiles>\n${rows.join('')}</profiles>\n`;
}

/** `sofia status`, `sofia xmlstatus`, `sofia profile NAME flush_inbound_reg USER` */
export const sofia: ApiCommand = (sw, argument) => {
  const [verb = '', name = '', action = '', user = ''] = splitArguments(argument, 4);
  if (verb === 'status' && name === '') return plain(sw);
  if (verb === 'xmlstatus' && name === '') return xml(sw);
  if (verb === 'profile' && action === 'flush_inbound_reg') {
    if (!sw.profiles.has(name)) return '-ERR Invalid Profile!\n';
    sw.sip.unregister(user.split('@', 1)[0] ?? '');
    return '+OK flushing all registrations matching specified call_id\n';
  }
  return usage('status|xmlstatus|profile <name> flush_inbound_reg <user>');
};
