import { createXmlWriter } from '../../xml/index.ts';
import { messagesNamespace, typesNamespace } from '../codec/namespaces.ts';
import { describedOperations, messagesSchema, requestElementOf } from './messages-schema.ts';
import { typesSchema } from './types-schema.ts';
import { writeSchema } from './write-schema.ts';

/** Headers that requests may carry: name of the message part, element. */
const headers = [
  ['Impersonation', 'ExchangeImpersonation'],
  ['MailboxCulture', 'MailboxCulture'],
  ['RequestVersion', 'RequestServerVersion'],
  ['TimeZoneContext', 'TimeZoneContext'],
] as const;

/** Documents by the last part of their path, in lower case. They are written once. */
export type ServiceDocumentName = 'services.wsdl' | 'messages.xsd' | 'types.xsd';

export function isServiceDocument(name: string): name is ServiceDocumentName {
  return name === 'services.wsdl' || name === 'messages.xsd' || name === 'types.xsd';
}

const written = new Map<ServiceDocumentName, string>();

/**
 * What describes this service to programs: a WSDL 1.1 document and its two schemas. They cover what is served, no more;
 * names are the published ones. `address` is where the operations are; Exchange's own document leaves it out.
 */
export function serviceDocument(name: ServiceDocumentName, address: string): Buffer {
  const text = written.get(name) ?? writeDocument(name);
  written.set(name, text);
  return Buffer.from(name === 'services.wsdl' ? text.replace(addressMark, address.replace(/[&<>"]/g, '')) : text);
}

const addressMark = 'urn:address';

function writeDocument(name: ServiceDocumentName): string {
  if (name === 'types.xsd') return writeSchema(typesSchema);
  return name === 'messages.xsd' ? writeSchema(messagesSchema) : writeDescription();
}

function writeDescription(): string {
  const writer = createXmlWriter();
  const names = Object.keys(describedOperations);
  writer.open('wsdl:definitions', {
    'xmlns:wsdl': 'http://schemas.xmlsoap.org/wsdl/',
    'xmlns:soap': 'http://schemas.xmlsoap.org/wsdl/soap/',
    'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
    'xmlns:t': typesNamespace,
    'xmlns:m': messagesNamespace,
    'xmlns:tns': messagesNamespace,
    targetNamespace: messagesNamespace,
  });
  writer.open('wsdl:types');
  writer.open('xs:schema');
  writer.element('xs:import', '', { namespace: messagesNamespace, schemaLocation: 'messages.xsd' });
  writer.element('xs:import', '', { namespace: typesNamespace, schemaLocation: 'types.xsd' });
  writer.close();
  writer.close();
  for (const name of names) {
    writer.open('wsdl:message', { name: `${name}SoapIn` });
    writer.element('wsdl:part', '', { name: 'request', element: `tns:${requestElementOf(name)}` });
    for (const [part, element] of headers) writer.element('wsdl:part', '', { name: part, element: `t:${element}` });
    writer.close();
    writer.open('wsdl:message', { name: `${name}SoapOut` });
    writer.element('wsdl:part', '', { name: `${name}Result`, element: `tns:${name}Response` });
    writer.element('wsdl:part', '', { name: 'ServerVersion', element: 't:ServerVersionInfo' });
    writer.close();
  }
  writer.open('wsdl:portType', { name: 'ExchangeServicePortType' });
  for (const name of names) {
    writer.open('wsdl:operation', { name });
    writer.element('wsdl:input', '', { message: `tns:${name}SoapIn` });
    writer.element('wsdl:output', '', { message: `tns:${name}SoapOut` });
    writer.close();
  }
  writer.close();
  writer.open('wsdl:binding', { name: 'ExchangeServiceBinding', type: 'tns:ExchangeServicePortType' });
  writer.element('soap:binding', '', { style: 'document', transport: 'http://schemas.xmlsoap.org/soap/http' });
  for (const name of names) {
    writer.open('wsdl:operation', { name });
    writer.element('soap:operation', '', { soapAction: `${messagesNamespace}/${name}` });
    writer.open('wsdl:input');
    for (const [part] of headers) writer.element('soap:header', '', { message: `tns:${name}SoapIn`, part, use: 'literal' });
    writer.element('soap:body', '', { parts: 'request', use: 'literal' });
    writer.close();
    writer.open('wsdl:output');
    writer.element('soap:body', '', { parts: `${name}Result`, use: 'literal' });
    writer.element('soap:header', '', { message: `tns:${name}SoapOut`, part: 'ServerVersion', use: 'literal' });
    writer.close();
    writer.close();
  }
  writer.close();
  writer.open('wsdl:service', { name: 'ExchangeService' });
  writer.open('wsdl:port', { name: 'ExchangeServicePort', binding: 'tns:ExchangeServiceBinding' });
  writer.element('soap:address', '', { location: addressMark });
  writer.close();
  writer.close();
  writer.close();
  return writer.toString();
}
