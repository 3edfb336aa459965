export {
  EventSocketCallControl,
  type EventSocketCallControlOptions,
} from './call-control/event-socket-call-control.ts';
export { DEFAULT_LAYOUT, type SwitchLayout } from './call-control/switch-node.ts';
export { type CommandSender, EventSocketConnection, type Reply } from './wire/connection.ts';
export { EventSocketLink, type LinkTimes } from './wire/link.ts';
export { SwitchEvent } from './wire/switch-event.ts';
