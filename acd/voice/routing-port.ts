import type { RoutingDomain } from '../routing/index.ts';
import type { Routing } from './ports.ts';

/** The routing domain as voice sees it. */
export function routingOf(domain: RoutingDomain): Routing {
  return {
    isOwnerCertain: () => domain.isOwnerCertain,
    hasStandby: () => domain.hasStandby,
    submit: (event) => domain.submit(event),
    contact: (contactId) => domain.read((engine, nowMs) => engine.contact(contactId, nowMs)),
    agent: (agentId) => domain.read((engine, nowMs) => engine.agent(agentId, nowMs)),
    contactIds: () => domain.read((engine) => engine.contactIds()),
    position: (contactId) => domain.read((engine, nowMs) => engine.position(contactId, nowMs)),
    estimateWait: (contactId) => domain.read((engine, nowMs) => engine.estimateWait({ contactId }, nowMs)),
  };
}
