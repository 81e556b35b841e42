import { Constructed, fromBER, Integer, ObjectIdentifier, OctetString, Primitive, Sequence, Set as SetOf } from 'asn1js';
import type { AsnType } from 'asn1js';
import { Pkcs12Error } from './pkcs12-error.ts';

/** Reads BER: Windows and Java write indefinite lengths. asn1js bounds depth (100) and number (10,000) of elements. @throws Pkcs12Error */
export function readAsn1(bytes: Uint8Array): AsnType {
  const { offset, result } = fromBER(Uint8Array.from(bytes));
  if (offset === -1 || result.error !== '') throw new Pkcs12Error('unreadable', 'ASN.1');
  return result;
}

/** Elements of a sequence, a set or a constructed tag. */
export function childrenOf(element: AsnType | undefined): readonly AsnType[] {
  if (element instanceof Sequence || element instanceof SetOf || element instanceof Constructed) return element.valueBlock.value;
  throw new Pkcs12Error('unreadable', 'no sequence');
}

export function identifierOf(element: AsnType | undefined): string {
  if (element instanceof ObjectIdentifier) return element.getValue();
  throw new Pkcs12Error('unreadable', 'no object identifier');
}

export function integerOf(element: AsnType | undefined): number {
  const value = element instanceof Integer ? element.toBigInt() : undefined;
  if (value === undefined || value < 0n || value > 2n ** 31n) throw new Pkcs12Error('unreadable', 'no integer');
  return Number(value);
}

/** The bytes of an octet string, in one piece or in several, also under an implicit tag. */
export function bytesOf(element: AsnType | undefined): Buffer {
  if (element instanceof OctetString) return Buffer.from(element.getValue());
  if (element instanceof Primitive) return Buffer.from(element.valueBlock.valueHexView);
  if (element instanceof Constructed) return Buffer.concat(element.valueBlock.value.map(bytesOf));
  throw new Pkcs12Error('unreadable', 'no octets');
}

/** The one element inside `[tag] EXPLICIT`. */
export function explicit(element: AsnType | undefined, tag: number): AsnType {
  const children = isTag(element, tag) ? childrenOf(element) : [];
  const [child] = children;
  if (child === undefined || children.length !== 1) throw new Pkcs12Error('unreadable', `no [${tag}]`);
  return child;
}

export function isTag(element: AsnType | undefined, tag: number): boolean {
  return element !== undefined && element.idBlock.tagClass === 3 && element.idBlock.tagNumber === tag;
}
