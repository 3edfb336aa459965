/** One version of the routing configuration with its body. */
export interface WholeConfiguration {
  readonly version: number;
  readonly configuration: Record<string, unknown>;
}

/** The body as it is edited and compared. */
export const asText = (configuration: unknown): string => JSON.stringify(configuration, null, 2);
