export {
  EventSocketCallControl,
  type EventSocketCallControlOptions,
} from './call-control/event-socket-call-control.ts';
export { DEFAULT_LAYOUT, type SwitchLayout } from './call-control/switch-node.ts';
export { directoryXml, NOT_FOUND_XML, type PhoneUser } from './directory-xml.ts';
export { type CommandSender, EventSocketConnection, type Reply } from './wire/connection.ts';
export { EventSocketLink, type LinkTimes } from './wire/link.ts';
export { SwitchEvent } from './wire/switch-event.ts';
