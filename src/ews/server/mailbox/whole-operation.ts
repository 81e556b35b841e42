import { soapContentType, writeSoapEnvelope } from '../../../xml/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { writeMessageXml } from '../../codec/ews-fault-codec.ts';
import { messagesNamespace, typesNamespace } from '../../codec/namespaces.ts';
import { writeServerVersionInfo } from '../../codec/server-version.ts';
import type { OperationAnswer, OperationCall } from '../operations/operation.ts';
import { asMailboxFault } from './mailbox-error.ts';
import type { WriteContent } from './mailbox-operation.ts';
import type { MailboxSession } from './mailbox-session.ts';

/** An operation whose answer is one message, without a list of response messages. */
export interface WholeOperation {
  name: string;
  /** Default: the name. */
  requestElement?: string;
  /** Where the response code stands: in the answer's element itself, or in a `ResponseMessage` in it ([MS-OXWOOF]). */
  form: 'itself' | 'wrapped';
  /** Throws what is wrong; schema violations leave as faults, the rest in the answer's own form. */
  answer(element: XmlElement, session: MailboxSession): Promise<WriteContent>;
}

/** Runs the operation and writes its answer. */
export async function runWholeOperation(operation: WholeOperation, call: OperationCall, session: MailboxSession): Promise<OperationAnswer> {
  const result = await operation.answer(call.element, session).catch((error: unknown) => {
    const fault = asMailboxFault(error);
    if (fault === undefined || fault.code === 'ErrorSchemaValidation') throw fault ?? error;
    return fault;
  });
  const fault = result instanceof EwsFault ? result : undefined;
  const status = { ResponseClass: fault === undefined ? 'Success' : 'Error' };
  const text = writeSoapEnvelope({
    version: call.envelope.version,
    writeHeader: (writer) => writeServerVersionInfo(writer, call.serverVersion),
    writeBody(writer) {
      writer.open(`m:${operation.name}Response`, { 'xmlns:m': messagesNamespace, 'xmlns:t': typesNamespace, ...(operation.form === 'itself' ? status : {}) });
      if (operation.form === 'wrapped') writer.open('m:ResponseMessage', status);
      writeStatus(writer, fault);
      if (operation.form === 'wrapped') writer.close();
      if (typeof result === 'function') result(writer);
      writer.close();
    },
  });
  return { contentType: soapContentType(call.envelope.version), text };
}

function writeStatus(writer: XmlWriter, fault: EwsFault | undefined): void {
  writer.element('m:MessageText', fault?.message);
  writer.element('m:ResponseCode', fault?.code ?? 'NoError');
  if (fault === undefined) return;
  writer.element('m:DescriptiveLinkKey', 0);
  writeMessageXml(writer, 'm:MessageXml', fault);
}
