import type { Channel } from './channel.ts';

/** A channel variable, or one of the caller's facts that FreeSWITCH gives by the same name. */
export function readVariable(channel: Channel, name: string): string | undefined {
  const value = channel.variables.get(name);
  if (value !== undefined) return value;
  const profile = channel.profile;
  const facts: Readonly<Record<string, string | undefined>> = {
    caller_id_name: profile?.callerIdName,
    caller_id_number: profile?.callerIdNumber,
    callee_id_name: profile?.calleeIdName,
    callee_id_number: profile?.calleeIdNumber,
    destination_number: profile?.destinationNumber,
    rdnis: profile?.rdnis,
    ani: profile?.ani,
    network_addr: profile?.networkAddr,
    context: profile?.context,
    dialplan: profile?.dialplan,
    username: profile?.username,
    source: profile?.source,
    uuid: channel.uuid,
    channel_name: channel.name,
    state: channel.runningState,
    state_number: undefined,
  };
  return Object.hasOwn(facts, name) ? facts[name] || undefined : undefined;
}

/** Replaces `${name}` by the variable's value, or by nothing. */
export function expandVariables(channel: Channel, text: string): string {
  return text.replace(/\$\{([A-Za-z0-9_.-]{1,200})\}/g, (_whole, name: string) => readVariable(channel, name) ?? '');
}
