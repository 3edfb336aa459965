import { plainEvent } from '../core/build-event.ts';
import type { Header } from '../core/event.ts';
import type { SwitchCore } from '../core/switch-core.ts';
import type { RegistrationEvent } from '../sip/index.ts';

const SUBCLASSES = {
  registered: 'sofia::register',
  refreshed: 'sofia::register',
  unregistered: 'sofia::unregister',
  expired: 'sofia::expire',
} as const satisfies Record<RegistrationEvent['kind'], string>;

/** Tells that a phone came, stayed or went, as FreeSWITCH tells it. */
export function tellRegistration(sw: SwitchCore, event: RegistrationEvent): void {
  const { binding, kind } = event;
  const { realm } = sw.settings.sip.agents;
  const leftSec = Math.max(0, Math.round((binding.expiresAtMs - sw.clock.now()) / 1000));
  const contact = `"" <${binding.contact.replace(/[<>]/g, '')}>`;
  const alive = kind === 'registered' || kind === 'refreshed';
  const headers: Header[] = alive
    ? [
        ['profile-name', binding.profile],
        ['from-user', binding.user],
        ['from-host', realm],
        ['presence-hosts', 'n/a'],
        ['contact', contact],
        ['rpid', 'unknown'],
        ['status', `Registered(${binding.flow.transport.toUpperCase()})`],
        ['expires', String(leftSec)],
        ['to-user', binding.user],
        ['to-host', realm],
        ['network-ip', binding.flow.host],
        ['network-port', String(binding.flow.port)],
        ['username', binding.user],
        ['realm', realm],
        ['user-agent', binding.userAgent],
        ['sip_number_alias', binding.user],
        ['sip_auth_username', binding.user],
        ['sip_auth_realm', realm],
        ['number_alias', binding.user],
        ['user_name', binding.user],
        ['domain_name', realm],
      ]
    : [
        ['profile-name', binding.profile],
        ['from-user', binding.user],
        ['from-host', realm],
        ['user', binding.user],
        ['host', realm],
        ['contact', contact],
        ['expires', String(Math.floor(binding.expiresAtMs / 1000))],
        ['user-agent', binding.userAgent],
        ['network-ip', binding.flow.host],
        ['network-port', String(binding.flow.port)],
        ['username', binding.user],
        ['realm', realm],
      ];
  sw.bus.publish(plainEvent(sw, 'CUSTOM', headers, { subclass: SUBCLASSES[kind] }));
}
