import { childText, findChild } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';
import type { SoapEnvelope, SoapVersion } from './soap-envelope.ts';
import { soapNamespaces } from './soap-envelope.ts';
import type { XmlWriter } from './xml-writer.ts';

export interface SoapFault {
  /** Local name of the code: of the sub-code where SOAP 1.2 has one. `ErrorSchemaValidation`, `Client`, `Sender`… */
  code: string;
  /** Human-readable text. */
  message: string;
  detail?: XmlElement;
}

/** The fault of an envelope, or undefined where its body is none. */
export function readSoapFault(envelope: SoapEnvelope): SoapFault | undefined {
  const namespace = soapNamespaces[envelope.version];
  const fault = envelope.body.find((element) => element.local === 'Fault' && element.namespace === namespace);
  if (fault === undefined) return undefined;
  return envelope.version === '1.1' ? readFault11(fault) : readFault12(fault, namespace);
}

function readFault11(fault: XmlElement): SoapFault {
  const detail = findChild(fault, '', 'detail');
  return { code: localPart(childText(fault, '', 'faultcode') ?? ''), message: childText(fault, '', 'faultstring') ?? '', ...(detail === undefined ? {} : { detail }) };
}

function readFault12(fault: XmlElement, namespace: string): SoapFault {
  const detail = findChild(fault, namespace, 'Detail');
  const reason = findChild(fault, namespace, 'Reason');
  let code = findChild(fault, namespace, 'Code');
  for (let inner = code; inner !== undefined; inner = findChild(inner, namespace, 'Subcode')) code = inner;
  return {
    code: localPart((code === undefined ? undefined : childText(code, namespace, 'Value')) ?? ''),
    message: (reason === undefined ? undefined : childText(reason, namespace, 'Text')) ?? '',
    ...(detail === undefined ? {} : { detail }),
  };
}

/** The local part of a QName in content. What its prefix stood for is not kept: codes are told apart by their local names. */
function localPart(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export interface SoapFaultParts {
  version: SoapVersion;
  /** Code in a namespace of its own; SOAP 1.2 carries it as the sub-code. */
  code: { namespace: string; local: string };
  /** Whose mistake it was, which SOAP 1.2 must say. */
  blame: 'sender' | 'receiver';
  message: string;
  writeDetail?: (writer: XmlWriter) => void;
}

/** Writes a fault as the body of an envelope that `writeSoapEnvelope` began (its prefix `s`). */
export function writeSoapFault(writer: XmlWriter, fault: SoapFaultParts): void {
  writer.open('s:Fault');
  if (fault.version === '1.1') {
    writer.element('faultcode', `a:${fault.code.local}`, { 'xmlns:a': fault.code.namespace });
    writer.element('faultstring', fault.message, { 'xml:lang': 'en-US' });
  } else {
    writer.open('s:Code');
    writer.element('s:Value', fault.blame === 'sender' ? 's:Sender' : 's:Receiver');
    writer.open('s:Subcode');
    writer.element('s:Value', `a:${fault.code.local}`, { 'xmlns:a': fault.code.namespace });
    writer.close();
    writer.close();
    writer.open('s:Reason');
    writer.element('s:Text', fault.message, { 'xml:lang': 'en-US' });
    writer.close();
  }
  if (fault.writeDetail !== undefined) {
    writer.open(fault.version === '1.1' ? 'detail' : 's:Detail');
    fault.writeDetail(writer);
    writer.close();
  }
  writer.close();
}
