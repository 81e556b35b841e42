/** Elements larger than this are passed over. */
const longestElement = 1_048_576;

/**
 * Finds the elements of one name in the lines of an XML that is too large, or too loose, to be read as one: the events of
 * an export, the rootless `<invoke>`s of the wizard. Elements of that name are not nested in one another.
 */
export function createElementCollector(name: string, onElement: (xml: string, line: number) => void): { line(text: string, number: number): void } {
  const opening = new RegExp(`<${name}(?=[\\s>/])`);
  let pending: string[] | undefined;
  let length = 0;
  let start = 0;
  const take = (text: string, number: number): void => {
    let rest = text;
    for (;;) {
      if (pending === undefined) {
        const at = rest.search(opening);
        if (at === -1) return;
        pending = [];
        length = 0;
        start = number;
        rest = rest.slice(at);
      }
      const end = endOf(rest, name, pending.length === 0);
      if (end === -1) {
        length += rest.length + 1;
        if (length > longestElement) pending = undefined;
        else pending.push(rest);
        return;
      }
      onElement([...pending, rest.slice(0, end)].join('\n'), start);
      pending = undefined;
      rest = rest.slice(end);
    }
  };
  return { line: take };
}

function endOf(text: string, name: string, isFirst: boolean): number {
  const closing = `</${name}>`;
  const at = text.indexOf(closing);
  if (at !== -1) return at + closing.length;
  if (!isFirst) return -1;
  const empty = /^<[^>]*\/>/.exec(text);
  return empty === null ? -1 : empty[0].length;
}
