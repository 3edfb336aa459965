import { checkConfiguration, pureEngines } from '../routing/index.ts';
import type { Arguments } from './arguments.ts';
import { compare, countJournal } from './compare.ts';
import { type Read, readJson, readText } from './input.ts';
import { readJournalFile } from './journal.ts';
import { comparisonReport, replayReport } from './journal-report.ts';
import type { Report } from './report.ts';

const DEFAULT_REPLICATIONS = 10;

/** A journal file, replayed unchanged or beside another configuration. */
export function runJournal(args: Arguments): Read<Report> {
  const text = readText(args.journal ?? '');
  if (!text.ok) return text;
  const journal = readJournalFile(text.value);
  if (!journal.ok) return journal;
  if (args.configuration === undefined) {
    const recorded = countJournal(journal.value);
    return recorded.ok ? { ok: true, value: replayReport(recorded.value) } : recorded;
  }
  const file = readJson(args.configuration);
  if (!file.ok) return file;
  const checked = checkConfiguration(file.value, pureEngines);
  if (checked.kind === 'invalid') {
    return {
      ok: false,
      problems: checked.problems.map(({ path, message }) => `${path || 'configuration'}: ${message}`),
    };
  }
  const options = { seed: args.seed ?? 1, replications: args.replications ?? DEFAULT_REPLICATIONS };
  const compared = compare(journal.value, checked.configuration, options);
  return compared.ok ? { ok: true, value: comparisonReport(compared.value, options) } : compared;
}
