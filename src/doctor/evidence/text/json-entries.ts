export interface JsonEntriesSplitter {
  push(text: string): void;
  /** Whether it ended within an element. */
  end(): boolean;
}

export interface JsonEntriesOptions {
  /** Key of the array in the root's only interesting object: HAR's `log.entries`. */
  key: string;
  /** Characters; larger elements are only counted. */
  largest: number;
  onEntry(text: string, line: number): void;
  onTooLarge(line: number): void;
  /** What stands before, between and after the elements, in pieces. */
  onOther?(text: string): void;
}

/** Splits a JSON text, `{"…":{"<key>":[{…},{…}]}}`, into the elements of that array, however long it is. */
export function createJsonEntriesSplitter({ key: wanted, largest, onEntry, onTooLarge, onOther }: JsonEntriesOptions): JsonEntriesSplitter {
  let line = 1;
  let startLine = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let key = '';
  let collected = '';
  let arrayDepth = -1;
  let entry: string[] | undefined;
  let length = 0;
  return {
    push(text) {
      let from = 0;
      let slash = -1;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === 10) line++;
        if (inString) {
          if (escaped) escaped = false;
          else if (code === 92) escaped = true;
          else if (code === 34) {
            inString = false;
            key = collected;
          } else if (arrayDepth === -1) {
            if (collected.length < 32) collected += text[at];
          } else {
            // Within an element only the end of the string matters.
            if (slash < at) slash = placeOf(text, '\\', at);
            const next = Math.min(placeOf(text, '"', at), slash);
            at = Math.max(at, next - 1);
          }
          continue;
        }
        if (code === 34) {
          inString = true;
          collected = '';
        } else if (code === 123 || code === 91) {
          depth++;
          if (code === 91 && depth === 3 && key === wanted && arrayDepth === -1) arrayDepth = depth;
          else if (code === 123 && arrayDepth !== -1 && depth === arrayDepth + 1) {
            onOther?.(text.slice(from, at));
            entry = [];
            length = 0;
            startLine = line;
            from = at;
          }
        } else if (code === 125 || code === 93) {
          depth--;
          if (code === 125 && entry !== undefined && depth === arrayDepth) {
            length += at + 1 - from;
            if (length > largest) onTooLarge(startLine);
            else onEntry([...entry, text.slice(from, at + 1)].join(''), startLine);
            entry = undefined;
            from = at + 1;
          } else if (code === 93 && depth === arrayDepth - 1) arrayDepth = Number.POSITIVE_INFINITY;
        }
      }
      if (entry === undefined) {
        onOther?.(text.slice(from));
        return;
      }
      length += text.length - from;
      if (length <= largest) entry.push(text.slice(from));
      else entry = [];
    },
    end: () => entry !== undefined,
  };
}

function placeOf(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at === -1 ? text.length : at;
}
