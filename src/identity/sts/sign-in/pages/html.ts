const references: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Markup. Only `html` makes it, so that text from outside is always escaped. */
export interface Html {
  readonly markup: string;
}

type Piece = Html | string | undefined | readonly Html[];

/** Writes HTML: texts are escaped for elements and quoted attributes, markup goes in as it is, undefined is left out. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { markup: parts.map((part, index) => part + write(pieces[index])).join('') };
}

function write(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string') return piece.toWellFormed().replaceAll(/[&<>"']/g, (character) => references[character] ?? character);
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
}
