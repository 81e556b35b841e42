import { SaxesParser } from 'saxes';

export interface ElementSource {
  /** The element as a document of its own: its source text, with the namespaces declared that were in scope. */
  text: string;
  /** Its parent, as `namespace|local`; empty for the root. */
  parent: string;
}

interface OpenElement {
  name: string;
  start: number;
  endOfName: number;
  own: Readonly<Record<string, string>>;
}

/**
 * The source text of every element of that name. Signatures are computed over text, so the tree that `parseXml` builds
 * does not do. The document must have passed `parseXml` before: this looks for nothing that is forbidden.
 */
export function elementSources(xml: string, namespace: string, local: string): ElementSource[] {
  const parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: OpenElement[] = [];
  const found: ElementSource[] = [];
  let start = 0;
  let endOfName = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentagstart', (tag) => {
    start = xml.lastIndexOf('<', parser.position - 1);
    endOfName = start + 1 + tag.name.length;
  });
  parser.on('opentag', (tag) => open.push({ name: `${tag.uri}|${tag.local}`, start, endOfName, own: tag.ns }));
  parser.on('closetag', () => {
    const element = open.pop();
    if (element?.name !== `${namespace}|${local}`) return;
    const inherited = Object.entries(Object.assign({}, ...open.map(({ own }) => own)) as Record<string, string>)
      .filter(([prefix, uri]) => !(prefix in element.own) && uri !== '')
      .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${uri.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"`);
    const text = `${xml.slice(element.start, element.endOfName)}${inherited.join('')}${xml.slice(element.endOfName, parser.position)}`;
    found.push({ text, parent: open.at(-1)?.name ?? '' });
  });
  parser.write(xml).close();
  return found;
}
