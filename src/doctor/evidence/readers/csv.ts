import type { FileSink } from '../evidence-collector.ts';
import { tenantsIn } from '../text/tenants-in.ts';
import { splitCsv } from './split-csv.ts';
import type { LineReader } from './evidence-reader.ts';

/** A cell over more lines than this has a quotation mark too few. */
const longestCell = 65_536;
/** As Excel writes them in some languages, and PowerShell always in English. */
const truths: Readonly<Record<string, boolean>> = { true: true, wahr: true, vrai: true, verdadero: true, vero: true, waar: true, false: false, falsch: false, faux: false, falso: false, onwaar: false };
const separators = [',', ';', '\t'] as const;

/** The separator, where two first lines are those of a CSV: names, and as many cells. `Export-Csv` quotes the names, Excel does not. */
export function csvSeparator(head: string): string | undefined {
  const lines = head.split(/\r?\n/, 12).filter((line) => line.trim() !== '' && !line.startsWith('#TYPE') && !/^sep=.$/i.test(line));
  const [names = '', first] = lines;
  const separator = separatorOf(names);
  const columns = splitCsv(names, separator);
  if (columns.length < 2 || !columns.every((name) => /^[\p{L}_@][\p{L}\p{N} ()_.@-]{0,80}$/u.test(name))) return undefined;
  if (names.startsWith('"') && names.trimEnd().endsWith('"')) return separator;
  // Names without quotation marks and without blanks, as properties have, and a line of as many cells.
  return columns.every((name) => !name.includes(' ')) && first !== undefined && columns.length > 2 && splitCsv(first, separator).length === columns.length ? separator : undefined;
}

/** The one that makes the most names of a first line. */
export function separatorOf(names: string): string {
  return separators.toSorted((a, b) => splitCsv(names, b).length - splitCsv(names, a).length)[0] ?? ',';
}

/** What `Export-Csv` wrote, or Excel saved again. */
export function createCsvReader(sink: FileSink): LineReader {
  let names: readonly string[] | undefined;
  let separator: string | undefined;
  let pending: { text: string; line: number } | undefined;
  const read = (text: string, number: number): void => {
    if (names === undefined) {
      separator ??= separatorOf(text);
      names = splitCsv(text, separator);
      return;
    }
    const cells = splitCsv(text, separator);
    const properties = Object.fromEntries(names.map((name, index) => [name, valueOf(cells[index] ?? '')]));
    for (const tenant of tenantsIn(text)) sink.tenant(tenant, number);
    sink.object(properties, () => number);
    sink.recognize({ line: number, text });
  };
  return {
    line(text, number) {
      const [, given] = /^sep=(.)$/i.exec(text) ?? [];
      if (names === undefined && given !== undefined) separator = given;
      if (pending === undefined && (text.startsWith('#TYPE') || text.trim() === '' || given !== undefined)) return;
      const record = pending === undefined ? { text, line: number } : { text: `${pending.text}\n${text}`, line: pending.line };
      // An odd number of quotation marks: a cell goes on in the next line.
      pending = record.text.length < longestCell && (record.text.match(/"/g)?.length ?? 0) % 2 === 1 ? record : undefined;
      if (pending === undefined) read(record.text, record.line);
    },
    end() {
      if (pending === undefined) return;
      sink.note(`Line ${pending.line} begins a cell that does not end.`);
      read(pending.text, pending.line);
    },
  };
}

function valueOf(cell: string): unknown {
  return truths[cell.toLowerCase()] ?? cell;
}
