import { CodedError } from '../../config/errors.ts';
import type { RoutingDomain } from '../routing/index.ts';

/** The routing domain for rooms that are put together before it is ours. */
export interface LateDomain extends RoutingDomain {
  /** It is ours now. */
  open(domain: RoutingDomain): void;
}

/** Until it is opened nothing can be asked of it: that fails with `store.unavailable`, as while the database is away. */
export function lateDomain(): LateDomain {
  let opened: RoutingDomain | undefined;
  const owned = (): RoutingDomain => {
    if (!opened) throw new CodedError('store.unavailable', { reason: 'standing by' });
    return opened;
  };
  return {
    get domain() {
      return owned().domain;
    },
    get epoch() {
      return owned().epoch;
    },
    get isAvailable() {
      return opened?.isAvailable ?? false;
    },
    get isOwnerCertain() {
      return opened?.isOwnerCertain ?? false;
    },
    get hasStandby() {
      return opened?.hasStandby ?? false;
    },
    get queued() {
      return opened?.queued ?? 0;
    },
    submit: async (event) => owned().submit(event),
    read: (look) => owned().read(look),
    idle: async () => opened?.idle(),
    close: async () => opened?.close(),
    open(domain) {
      opened = domain;
    },
  };
}
