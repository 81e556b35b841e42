/** Breaks a text into lines of at most `width` characters: at blanks where it can, within words where it must. */
export function wrapText(text: string, width: number): string[] {
  const size = Math.max(1, width);
  return text.split(/\r\n|\r|\n/).flatMap((line) => wrapLine(line, size));
}

function wrapLine(line: string, size: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > size) {
    const blank = rest.lastIndexOf(' ', size);
    const at = blank > 0 ? blank : size;
    lines.push(rest.slice(0, at));
    rest = rest.slice(blank > 0 ? at + 1 : at);
  }
  lines.push(rest);
  return lines;
}
