export interface XmlAttribute {
  /** Namespace name; empty for an attribute without prefix. */
  readonly namespace: string;
  readonly local: string;
  readonly value: string;
}

/** One element of a parsed document. Comments are dropped; namespace declarations are not attributes. */
export interface XmlElement {
  /** Namespace name; empty for none. */
  readonly namespace: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The character data directly inside this element, CDATA sections included, pieces joined, blanks kept. */
  readonly text: string;
  /**
   * The same text as bytes, where it is base64 and large: hundreds of kilobytes. `text` is then made of it each time it is read,
   * so whoever expects such content looks here first.
   */
  readonly largeText?: Uint8Array;
  /** Where its start tag ends in the source, both from 1. */
  readonly line: number;
  readonly column: number;
}

/** True for an element of that namespace and local name. Prefixes never matter. */
export function isElement(element: XmlElement, namespace: string, local: string): boolean {
  return element.local === local && element.namespace === namespace;
}

/** The first child of that name. */
export function findChild(element: XmlElement, namespace: string, local: string): XmlElement | undefined {
  for (const child of element.children) if (child.local === local && child.namespace === namespace) return child;
  return undefined;
}

/** All children of that name, in document order. */
export function findChildren(element: XmlElement, namespace: string, local: string): XmlElement[] {
  return element.children.filter((child) => child.local === local && child.namespace === namespace);
}

/** The text of the first child of that name, without surrounding blanks. */
export function childText(element: XmlElement, namespace: string, local: string): string | undefined {
  return findChild(element, namespace, local)?.text.trim();
}

/** The value of an attribute; `namespace` is empty for one without prefix. */
export function findAttribute(element: XmlElement, local: string, namespace = ''): string | undefined {
  for (const attribute of element.attributes) if (attribute.local === local && attribute.namespace === namespace) return attribute.value;
  return undefined;
}
