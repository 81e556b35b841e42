/** Values of a head's fields by name in lower case, each unfolded, in the order in which they stand. */
export type HeadFields = ReadonlyMap<string, readonly string[]>;

/**
 * Header fields of a message (RFC 5322 §2.2), as UTF-8 (RFC 6532). Lines without a colon are left out; a folded line goes
 * on with the white space that it began with.
 *
 * @param head all up to the empty line, or the whole message
 */
export function readHeadFields(head: Buffer): HeadFields {
  const fields = new Map<string, string[]>();
  let name = '';
  let parts: string[] = [];
  const finish = (): void => {
    if (name === '') return;
    const value = parts.join('').replaceAll('\r', ' ').trim();
    const known = fields.get(name);
    if (known === undefined) fields.set(name, [value]);
    else known.push(value);
  };
  const text = head.toString();
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at);
    const next = feed === -1 ? text.length : feed + 1;
    let end = feed === -1 ? text.length : feed;
    while (end > at && text[end - 1] === '\r') end -= 1;
    if (end === at) break;
    const first = text[at];
    if (first === ' ' || first === '\t') parts.push(text.slice(at, end));
    else {
      finish();
      const colon = text.indexOf(':', at);
      name = colon === -1 || colon >= end ? '' : text.slice(at, colon).trim().toLowerCase();
      parts = [text.slice(colon + 1, end)];
    }
    at = next;
  }
  finish();
  return fields;
}
