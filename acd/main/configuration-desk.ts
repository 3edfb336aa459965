import { isCoded } from '../../config/errors.ts';
import type { ChangeOutcome as ApiOutcome, ConfigurationDesk } from '../api/index.ts';
import {
  activeConfiguration,
  type ChangeOutcome,
  type ConfigurationHost,
  changeConfiguration,
  previewConfiguration,
  rollBackConfiguration,
} from '../routing/index.ts';
import { findConfigurationVersion, findUser, listConfigurationVersions } from '../store/index.ts';

const moved = (moveContacts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(moveContacts).map(([from, queueId]) => [from, { to: 'queue', queueId } as const]));

const outcomeOf = (outcome: ChangeOutcome): ApiOutcome =>
  outcome.kind === 'activated'
    ? { kind: 'active', version: outcome.version }
    : { kind: 'invalid', problems: outcome.problems };

/** The live routing configuration for the API. A change from an older version than the active one is stale. */
export function configurationDesk(host: ConfigurationHost): ConfigurationDesk {
  const { database, domain } = host;
  let last: Promise<unknown> = Promise.resolve();
  /** One change after the other: the second of two that start from the same version finds it stale. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }
  return {
    current: () => ({ version: activeConfiguration(host).version, configuration: activeConfiguration(host) }),
    async check(configuration, moveContacts) {
      return previewConfiguration(host, { configuration, removed: moved(moveContacts) }).problems;
    },
    change: ({ baseVersion, configuration, note, moveContacts, actorId }) =>
      inTurn(async () => {
        const activeVersion = activeConfiguration(host).version;
        if (baseVersion !== activeVersion) return { kind: 'stale', activeVersion };
        const change = { configuration, removed: moved(moveContacts), note, actorId };
        return outcomeOf(await changeConfiguration(host, change));
      }),
    restore: (version, actorId) =>
      inTurn(async () => {
        try {
          return outcomeOf(await rollBackConfiguration(host, { version, actorId }));
        } catch (error) {
          if (isCoded(error, 'thing.not-found')) return { kind: 'not-found' };
          throw error;
        }
      }),
    async versions() {
      const active = activeConfiguration(host).version;
      const rows = (await listConfigurationVersions(database, domain.domain)).filter(
        (row) => row.activatedAtMs !== null,
      );
      const names = new Map<string, string>();
      for (const { createdBy } of rows) {
        if (createdBy === null || names.has(createdBy)) continue;
        names.set(createdBy, (await findUser(database, createdBy))?.displayName ?? createdBy);
      }
      return rows.map((row) => ({
        version: row.version,
        createdAtMs: row.createdAtMs,
        createdBy: row.createdBy === null ? '' : (names.get(row.createdBy) ?? ''),
        note: row.note ?? '',
        active: row.version === active,
      }));
    },
    async read(version) {
      return (await findConfigurationVersion(database, domain.domain, version))?.configuration;
    },
  };
}
