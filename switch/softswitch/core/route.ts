import { setVariable } from './channel.ts';
import { hangUp } from './hang-up.ts';
import type { Session } from './session.ts';
import { requestState } from './set-state.ts';
import type { SwitchCore } from './switch-core.ts';
import { WAY_OUT_EXTENSION, wayOut } from './way-out.ts';

type Step = { readonly app: string; readonly data: string };

/** `app:data,app:data`, as `uuid_transfer … inline` has it; data may stand in quotes to hold a comma. */
export function parseInline(text: string): Step[] {
  const parts = text.match(/(?:'[^']*'|[^,])+/g) ?? [];
  return parts.map((part) => {
    const at = part.indexOf(':');
    const app = (at < 0 ? part : part.slice(0, at)).trim().replaceAll("'", '');
    return { app, data: at < 0 ? '' : part.slice(at + 1).replaceAll("'", '') };
  });
}

/** The dialplan: every extension parks; what a trunk sends also survives the end of a bridge. `inline` brings its own steps. */
function lookUpExtension(sw: SwitchCore, session: Session): Step[] {
  const { channel } = session;
  const profile = channel.profile;
  if (!profile) return [];
  if (profile.dialplan === 'inline') {
    const steps = parseInline(profile.destinationNumber);
    // An inline dialplan gives the leg its old destination back before it runs.
    if (profile.rdnis !== undefined) {
      const { rdnis, ...rest } = profile;
      channel.profile = { ...rest, destinationNumber: rdnis };
    }
    return steps;
  }
  if (profile.destinationNumber === WAY_OUT_EXTENSION) return wayOut(sw);
  setVariable(channel, 'DP_MATCH', `ARRAY::${profile.destinationNumber}|:${profile.destinationNumber}`);
  const parkStep: Step = { app: 'park', data: '' };
  return profile.context === 'public' ? [{ app: 'set', data: 'hangup_after_bridge=false' }, parkStep] : [parkStep];
}

/** Finds out what to do with a leg. An outbound one that was not transferred waits for its phone. */
export function route(sw: SwitchCore, session: Session): void {
  const { channel } = session;
  if (channel.state !== 'CS_ROUTING') return;
  if (channel.direction === 'outbound' && channel.answerState === 'ringing' && session.extension.length === 0) {
    requestState(session, 'CS_CONSUME_MEDIA');
    return;
  }
  session.extension = lookUpExtension(sw, session);
  if (session.extension.length === 0) hangUp(sw, session, 'NO_ROUTE_DESTINATION');
  else requestState(session, 'CS_EXECUTE');
}
