import { createXmlWriter } from '../../xml/index.ts';
import type { XmlWriter } from '../../xml/index.ts';
import { messagesNamespace, typesNamespace } from '../codec/namespaces.ts';
import type { ComplexType, Particle, Schema, SchemaAttribute, SimpleType } from './schema-notation.ts';

/** Writes a schema as an XML Schema document (XML Schema Part 1). */
export function writeSchema(schema: Schema): string {
  const writer = createXmlWriter();
  writer.open('xs:schema', {
    'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
    'xmlns:t': typesNamespace,
    ...(schema.prefix === 'm' ? { 'xmlns:m': messagesNamespace } : {}),
    targetNamespace: schema.prefix === 'm' ? messagesNamespace : typesNamespace,
    elementFormDefault: 'qualified',
    version: 'Exchange2016',
  });
  if (schema.prefix === 'm') writer.element('xs:import', '', { namespace: typesNamespace, schemaLocation: 'types.xsd' });
  for (const type of schema.types) {
    if (type.kind === 'simple') writeSimpleType(writer, type);
    else writeComplexType(writer, type);
  }
  for (const { name, type } of schema.elements) writer.element('xs:element', '', { name, type });
  writer.close();
  return writer.toString();
}

function writeSimpleType(writer: XmlWriter, type: SimpleType): void {
  writer.open('xs:simpleType', { name: type.name });
  if (type.listOf !== undefined) writer.element('xs:list', '', { itemType: type.listOf });
  else {
    writer.open('xs:restriction', { base: type.base });
    for (const value of type.values ?? []) writer.element('xs:enumeration', '', { value });
    if (type.pattern !== undefined) writer.element('xs:pattern', '', { value: type.pattern });
    if (type.minimum !== undefined) writer.element('xs:minInclusive', '', { value: String(type.minimum) });
    if (type.maximum !== undefined) writer.element('xs:maxInclusive', '', { value: String(type.maximum) });
    writer.close();
  }
  writer.close();
}

function writeComplexType(writer: XmlWriter, type: ComplexType): void {
  writer.open('xs:complexType', { name: type.name, ...(type.isAbstract === true ? { abstract: 'true' } : {}) });
  if (type.text !== undefined) {
    writer.open('xs:simpleContent');
    writer.open('xs:extension', { base: type.text });
    writeAttributes(writer, type);
    writer.close();
    writer.close();
  } else if (type.base !== undefined) {
    writer.open('xs:complexContent');
    writer.open('xs:extension', { base: type.base });
    writeContent(writer, type);
    writer.close();
    writer.close();
  } else writeContent(writer, type);
  writer.close();
}

function writeContent(writer: XmlWriter, type: ComplexType): void {
  if (type.members.length > 0) {
    writer.open('xs:sequence');
    for (const member of type.members) writeParticle(writer, member);
    writer.close();
  }
  writeAttributes(writer, type);
}

function writeAttributes(writer: XmlWriter, { attributes, hasLanguage }: ComplexType): void {
  for (const { name, type, isRequired } of attributes satisfies readonly SchemaAttribute[]) writer.element('xs:attribute', '', { name, type, ...(isRequired ? { use: 'required' } : {}) });
  // `xml:lang` by its namespace: its own schema is not served, and readers without a network could not fetch it.
  if (hasLanguage === true) writer.element('xs:anyAttribute', '', { namespace: 'http://www.w3.org/XML/1998/namespace', processContents: 'lax' });
}

function writeParticle(writer: XmlWriter, particle: Particle): void {
  const occurs = { ...(particle.min === 0 ? { minOccurs: '0' } : {}), ...(particle.max === 'unbounded' ? { maxOccurs: 'unbounded' } : {}) };
  switch (particle.kind) {
    case 'element':
      writer.element('xs:element', '', { name: particle.name, type: particle.type, ...occurs });
      return;
    case 'reference':
      writer.element('xs:element', '', { ref: particle.ref, ...occurs });
      return;
    case 'any':
      writer.element('xs:any', '', { namespace: '##any', processContents: 'lax', ...occurs });
      return;
    case 'choice':
      writer.open('xs:choice', occurs);
      for (const member of particle.of) writeParticle(writer, member);
      writer.close();
  }
}
