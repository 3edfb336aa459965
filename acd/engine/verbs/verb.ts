import type { EventOf, EventType } from '../events.ts';
import type { World } from '../world.ts';

/** What one kind of event does. It checks everything first: after a rejection nothing is changed. */
export type Verb<T extends EventType> = (world: World, event: EventOf<T>) => void;
