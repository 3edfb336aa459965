/** A change that the page shows before the server confirmed it. */
export interface Expectation<S> {
  readonly id: number;
  readonly apply: (state: S) => S;
  /** The revision from which on the server's own word counts; absent until the server said yes. */
  readonly settledAtRevision?: number;
}

/** What the page shows: the server's state with the changes that are still on their way. */
export function withExpectations<S>(state: S, expectations: readonly Expectation<S>[]): S {
  return expectations.reduce((shown, expectation) => expectation.apply(shown), state);
}

/** Drops each expectation that the server has answered with a newer state. */
export function settle<S>(expectations: readonly Expectation<S>[], revision: number): readonly Expectation<S>[] {
  const rest = expectations.filter(
    (expectation) => expectation.settledAtRevision === undefined || revision <= expectation.settledAtRevision,
  );
  return rest.length === expectations.length ? expectations : rest;
}
