import type { TimeZone } from '../../../organization/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';

/** A type of XML Schema, of the types schema, or of the messages schema. */
export type SchemaTypeName = `${'xs' | 't' | 'm'}:${string}`;

/** What reading a value may depend on. */
export interface ReadContext {
  /** Times without an offset are wall-clock times of this zone. */
  zone: TimeZone;
}

/** How one kind of property value stands in XML. Values are plain data; instants are epoch milliseconds. */
export interface PropertyKind<Value = unknown> {
  /** Its type in the schema that we serve: `xs:int`, `t:FlagType`. */
  type: SchemaTypeName;
  /** Of a type that restricts text to a list: the list. */
  values?: readonly string[];
  /** @throws EwsFault `ErrorSchemaValidation` for content that the published type does not allow */
  read(element: XmlElement, context: ReadContext): Value;
  write(writer: XmlWriter, name: string, value: Value): void;
}
