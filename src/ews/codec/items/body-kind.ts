import { findAttribute } from '../../../xml/index.ts';
import { invalidValue } from '../schema-reader.ts';
import type { PropertyKind } from './property-kind.ts';

/** BodyType of the schema. */
export interface Body {
  type: 'HTML' | 'Text';
  content: string;
  /** True where the text was cut to the length that was asked for. */
  isTruncated?: boolean;
}

export const bodyKind: PropertyKind<Body> = {
  type: 't:BodyType',
  read(element) {
    const type = findAttribute(element, 'BodyType');
    if (type !== 'HTML' && type !== 'Text') throw invalidValue(element, 'BodyTypeType');
    return { type, content: element.text };
  },
  write: (writer, name, value) => writer.element(name, value.content, { BodyType: value.type, ...(value.isTruncated === undefined ? {} : { IsTruncated: String(value.isTruncated) }) }),
};
