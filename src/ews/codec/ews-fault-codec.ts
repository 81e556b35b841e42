import { childText, findChild, soapContentType, writeSoapEnvelope, writeSoapFault } from '../../xml/index.ts';
import type { SoapFault, SoapVersion, XmlWriter } from '../../xml/index.ts';
import { encodePath } from './items/property-path.ts';
import type { EwsFault } from './ews-fault.ts';
import { errorsNamespace, typesNamespace } from './namespaces.ts';
import type { ServerVersion } from './server-version.ts';
import { writeServerVersionInfo } from './server-version.ts';

/**
 * A fault as EWS sends it: code in the types namespace, and a detail with ResponseCode and Message ([MS-OXWUMS]
 * §2.2.2.1); a schema violation also says where and what in MessageXml. ServerVersionInfo is in the header as always.
 */
export function encodeEwsFault(fault: EwsFault, version: SoapVersion, serverVersion: ServerVersion): { contentType: string; text: string } {
  const text = writeSoapEnvelope({
    version,
    writeHeader: (writer) => writeServerVersionInfo(writer, serverVersion),
    writeBody: (writer) =>
      writeSoapFault(writer, {
        version,
        code: { namespace: typesNamespace, local: fault.code },
        blame: fault.code === 'ErrorInternalServerError' ? 'receiver' : 'sender',
        message: fault.message,
        writeDetail(detail) {
          detail.element('e:ResponseCode', fault.code, { 'xmlns:e': errorsNamespace });
          detail.element('e:Message', fault.violation === undefined ? fault.message : 'The request failed schema validation.', { 'xmlns:e': errorsNamespace });
          writeMessageXml(detail, 't:MessageXml', fault);
        },
      }),
  });
  return { contentType: soapContentType(version), text };
}

/** Writes what a fault says besides its text: the violation of the schema, named values, the property at fault. Nothing where it says no more. */
export function writeMessageXml(writer: XmlWriter, name: string, fault: EwsFault): void {
  const { violation, values, path } = fault;
  if (violation === undefined && values === undefined && path === undefined) return;
  writer.open(name, { 'xmlns:t': typesNamespace });
  if (violation !== undefined) {
    writer.element('t:LineNumber', violation.line);
    writer.element('t:LinePosition', violation.column);
    writer.element('t:Violation', violation.violation);
  }
  if (path !== undefined) encodePath(writer, path);
  for (const [key, value] of Object.entries(values ?? {})) writer.element('t:Value', value, { Name: key });
  writer.close();
}

/** What a client learns from another server's fault. All of it is that server's word. */
export interface EwsFaultReading {
  /** ResponseCode of the detail where there is one, else the fault code. */
  responseCode: string;
  message: string;
  lineNumber?: number;
  linePosition?: number;
  violation?: string;
}

/** Reads the EWS detail of a SOAP fault; foreign faults give their code and text alone. */
export function decodeEwsFault(fault: SoapFault): EwsFaultReading {
  const detail = fault.detail;
  const code = (detail && childText(detail, errorsNamespace, 'ResponseCode')) || fault.code;
  const message = fault.message || (detail && childText(detail, errorsNamespace, 'Message')) || '';
  const xml = detail && findChild(detail, typesNamespace, 'MessageXml');
  const violation = xml && childText(xml, typesNamespace, 'Violation');
  const lineNumber = Number((xml && childText(xml, typesNamespace, 'LineNumber')) ?? Number.NaN);
  const linePosition = Number((xml && childText(xml, typesNamespace, 'LinePosition')) ?? Number.NaN);
  return {
    responseCode: code,
    message,
    ...(Number.isSafeInteger(lineNumber) ? { lineNumber } : {}),
    ...(Number.isSafeInteger(linePosition) ? { linePosition } : {}),
    ...(violation === undefined ? {} : { violation }),
  };
}
