/** The cells of one line (RFC 4180 §2); a cell does not go over several lines. */
export function splitCsv(line: string, separator = ','): string[] {
  if (!line.includes('"')) return line.split(separator);
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] === '"') {
      let cell = '';
      let from = at + 1;
      for (;;) {
        const quote = line.indexOf('"', from);
        if (quote === -1) {
          cell += line.slice(from);
          at = line.length;
          break;
        }
        cell += line.slice(from, quote);
        if (line[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        cell += '"';
        from = quote + 2;
      }
      cells.push(cell);
      const next = line.indexOf(separator, at);
      if (next === -1) return cells;
      at = next + 1;
      continue;
    }
    const next = line.indexOf(separator, at);
    cells.push(line.slice(at, next === -1 ? line.length : next));
    if (next === -1) return cells;
    at = next + 1;
  }
  return cells;
}
