import { separatorOf } from '../evidence/readers/csv.ts';
import { splitCsv } from '../evidence/readers/split-csv.ts';
import { isSecretName } from './mask-secrets.ts';
import type { Redaction } from './redact-content.ts';

/** Masks the lines of a CSV: what stands under the name of a secret is one, whatever it looks like. */
export function createCsvMasker({ masker }: Pick<Redaction, 'masker'>): (line: string) => string {
  let separator: string | undefined;
  let secrets: readonly number[] | undefined;
  let isWithinCell = false;
  return (line) => {
    if (secrets === undefined) {
      if (line.startsWith('#TYPE') || line.trim() === '' || /^sep=.$/i.test(line)) return line;
      separator = separatorOf(line);
      secrets = splitCsv(line, separator).flatMap((name, index) => (isSecretName(name) ? [index] : []));
      return line;
    }
    const masked = masker.line(line);
    if (secrets.length === 0) return masked;
    const hadOdd = (line.match(/"/g)?.length ?? 0) % 2 === 1;
    // A record over several lines: which column a line is in is not known, so nothing of it is kept.
    if (isWithinCell || hadOdd) {
      if (hadOdd) isWithinCell = !isWithinCell;
      return masker.pseudonym('record', line);
    }
    return splitCsv(line, separator)
      .map((cell, index) => `"${(secrets?.includes(index) === true && cell !== '' ? masker.pseudonym('secret', cell) : masker.text(cell)).replaceAll('"', '""')}"`)
      .join(separator);
  };
}
