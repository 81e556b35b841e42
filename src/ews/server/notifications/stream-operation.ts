import { soapContentType, writeSoapEnvelope } from '../../../xml/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { messagesNamespace, typesNamespace } from '../../codec/namespaces.ts';
import { writeServerVersionInfo } from '../../codec/server-version.ts';
import { writeErrorDetails } from '../mailbox/mailbox-operation.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import type { OperationAnswer, OperationCall } from '../operations/operation.ts';
import type { StreamMessage } from './stream-events.ts';
import { writeEvent } from './write-event.ts';

/** An operation whose answer is a stream of envelopes. */
export interface StreamOperation {
  name: string;
  /** Reads the request at once. @throws EwsFault */
  open(element: XmlElement, session: MailboxSession): AsyncIterable<StreamMessage>;
}

/** Opens the stream; each envelope of it is one piece, to be sent at once. */
export function runStreamOperation(operation: StreamOperation, call: OperationCall, session: MailboxSession): OperationAnswer {
  const messages = operation.open(call.element, session);
  return { contentType: soapContentType(call.envelope.version), text: '', stream: envelopes(operation.name, messages, call) };
}

async function* envelopes(name: string, messages: AsyncIterable<StreamMessage>, call: OperationCall): AsyncGenerator<Buffer, void, undefined> {
  for await (const message of messages) {
    const text = writeSoapEnvelope({
      version: call.envelope.version,
      isFragment: true,
      writeHeader: (writer) => writeServerVersionInfo(writer, call.serverVersion),
      writeBody(writer) {
        writer.open(`m:${name}Response`, { 'xmlns:m': messagesNamespace, 'xmlns:t': typesNamespace });
        writer.open('m:ResponseMessages');
        writeMessage(writer, name, message);
        writer.close();
        writer.close();
      },
    });
    yield Buffer.from(text);
  }
}

function writeMessage(writer: XmlWriter, name: string, { notifications, fault, faultyIds, status }: StreamMessage): void {
  writer.open(`m:${name}ResponseMessage`, { ResponseClass: fault === undefined ? 'Success' : 'Error' });
  if (fault === undefined) writer.element('m:ResponseCode', 'NoError');
  else writeErrorDetails(writer, fault);
  if (notifications !== undefined) {
    writer.open('m:Notifications');
    for (const { subscriptionId, events } of notifications) {
      writer.open('m:Notification');
      writer.element('t:SubscriptionId', subscriptionId);
      for (const event of events) writeEvent(writer, event, false);
      if (events.length === 0) writer.element('t:StatusEvent', '');
      writer.close();
    }
    writer.close();
  }
  if (faultyIds !== undefined) {
    writer.open('m:ErrorSubscriptionIds');
    for (const id of faultyIds) writer.element('m:SubscriptionId', id);
    writer.close();
  }
  writer.element('m:ConnectionStatus', status);
  writer.close();
}
