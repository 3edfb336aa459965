/** What a command gives: text for the terminal, and what goes into files when asked for. */
export interface Report {
  readonly text: string;
  readonly json: unknown;
  readonly csv: string;
}
