type Problems = readonly { readonly path: string; readonly message: string }[];

/** What became of a change. `stale`: somebody else changed it since. */
export type ChangeOutcome =
  | { readonly kind: 'active'; readonly version: number }
  | { readonly kind: 'invalid'; readonly problems: Problems }
  | { readonly kind: 'stale'; readonly activeVersion: number }
  | { readonly kind: 'not-found' };

/** The live routing configuration as administrators work with it. */
export interface ConfigurationDesk {
  current(): { readonly version: number; readonly configuration: unknown };
  check(configuration: unknown, moveContacts: Readonly<Record<string, string>>): Promise<Problems>;
  change(change: {
    readonly baseVersion: number;
    readonly configuration: unknown;
    readonly note: string;
    readonly moveContacts: Readonly<Record<string, string>>;
    readonly actorId: string;
  }): Promise<ChangeOutcome>;
  restore(version: number, actorId: string): Promise<ChangeOutcome>;
  versions(): Promise<
    readonly { version: number; createdAtMs: number; createdBy: string; note: string; active: boolean }[]
  >;
  read(version: number): Promise<unknown>;
}
