import type { HeaderField } from '../../tunnel/index.ts';

/**
 * The lines of a head that go on, each with its CR LF. Fields that are the very ones of the head before, as a parser
 * gives them back, are not looked at again; `lineOf` returns '' for what stays behind.
 */
export function createKeptLines(lineOf: (field: HeaderField, connection: readonly string[]) => string): (fields: readonly HeaderField[], connection: readonly string[]) => string {
  let seen: readonly HeaderField[] = [];
  let seenConnection: readonly string[] = [];
  let lines: string[] = [];
  return (fields, connection) => {
    const next: string[] = [];
    let text = '';
    for (let index = 0; index < fields.length; index += 1) {
      const field = fields[index] as HeaderField;
      const known = seen[index] === field && seenConnection === connection;
      const line = known ? (lines[index] ?? '') : lineOf(field, connection);
      next.push(line);
      text += line;
    }
    seen = fields;
    seenConnection = connection;
    lines = next;
    return text;
  };
}
