/** The host of the pure routing engine: journal, lease, recovery, deadlines, effects and live configuration. */
export { isKeptWhileAway, WHILE_AWAY } from './admission.ts';
export { type CheckedConfiguration, type ConfigurationProblem, checkConfiguration } from './check-configuration.ts';
export { configurationSchema, limitOutcomeSchema, requirementSchema } from './configuration-schema.ts';
export type { DecidedEffect, EffectConsumer, EffectContext, EffectHandler } from './effect-runner.ts';
export type { EngineFactory } from './engine-factory.ts';
export {
  activeConfiguration,
  type ChangeOutcome,
  type ConfigurationChange,
  type ConfigurationHost,
  type ConfigurationPreview,
  changeConfiguration,
  previewConfiguration,
  rollBackConfiguration,
  settleConfiguration,
} from './live-configuration.ts';
export { decidePending, type PendingDecision } from './pending-effects.ts';
export { pureEngines } from './pure-engines.ts';
export {
  openRoutingDomain,
  type RecoveryFacts,
  type RecoveryPlan,
  type RoutingDomain,
  type RoutingDomainOptions,
} from './routing-domain.ts';
export { DEFAULT_SNAPSHOT_POLICY, type SnapshotPolicy } from './snapshot-keeper.ts';
