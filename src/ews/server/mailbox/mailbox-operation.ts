import { errorText } from '../../../foundation/index.ts';
import { documentLength, soapContentType, streamDocument, writeSoapPieces } from '../../../xml/index.ts';
import type { DocumentPieces, XmlElement, XmlWriter } from '../../../xml/index.ts';
import type { EwsFault } from '../../codec/ews-fault.ts';
import { writeMessageXml } from '../../codec/ews-fault-codec.ts';
import { messagesNamespace, typesNamespace } from '../../codec/namespaces.ts';
import { writeServerVersionInfo } from '../../codec/server-version.ts';
import type { OperationAnswer, OperationCall } from '../operations/operation.ts';
import { asMailboxFault } from './mailbox-error.ts';
import type { MailboxSession } from './mailbox-session.ts';

/** Writes what a response message holds after its response code. */
export type WriteContent = (writer: XmlWriter) => void;

/** Makes one response message. What it throws becomes an error message of its own, and the others go on. */
export type MessageTask = () => Promise<WriteContent>;

/** An operation on mailboxes that answers with as many response messages as it was asked about things. */
export interface MailboxOperation {
  /** `GetItem`: the request's element. The answer's elements are named after it. */
  name: string;
  /** Empty elements that an error message has after its code, because the schema demands them. */
  emptyOnError?: readonly string[];
  /**
   * Reads the request, and gives a task for each response message. They run one after another.
   *
   * @throws EwsFault what is wrong with the request as a whole
   */
  plan(element: XmlElement, session: MailboxSession): readonly MessageTask[] | Promise<readonly MessageTask[]>;
}

/** Runs an operation and writes its answer. */
export async function runMailboxOperation(operation: MailboxOperation, call: OperationCall, session: MailboxSession): Promise<OperationAnswer> {
  const { name } = operation;
  const tasks = await planned(operation, call, session);
  const results: (WriteContent | EwsFault)[] = [];
  for (const task of tasks) {
    call.context.signal.throwIfAborted();
    results.push(await perform(task, operation, session));
  }
  const pieces = writeSoapPieces({
    version: call.envelope.version,
    writeHeader: (writer) => writeServerVersionInfo(writer, call.serverVersion),
    writeBody(writer) {
      writer.open(`m:${name}Response`, { 'xmlns:m': messagesNamespace, 'xmlns:t': typesNamespace });
      writer.open('m:ResponseMessages');
      for (const result of results) {
        if (typeof result === 'function') writeSuccess(writer, name, result);
        else writeError(writer, name, result, operation.emptyOnError ?? []);
      }
      writer.close();
      writer.close();
    },
  });
  const contentType = soapContentType(call.envelope.version);
  const [text = ''] = pieces;
  return pieces.length === 1 && typeof text === 'string' ? { contentType, text } : { contentType, text: '', ...streamed(pieces) };
}

function streamed(pieces: DocumentPieces): Pick<OperationAnswer, 'headers' | 'stream'> {
  const length = documentLength(pieces);
  return { stream: streamDocument(pieces), ...(length === undefined ? {} : { headers: { 'content-length': String(length) } }) };
}

async function perform(task: MessageTask, operation: MailboxOperation, session: MailboxSession): Promise<WriteContent | EwsFault> {
  try {
    return await task();
  } catch (error) {
    return failureOf(error, operation, session);
  }
}

/** What goes wrong while the request is read is about the request as a whole. */
async function planned(operation: MailboxOperation, call: OperationCall, session: MailboxSession): Promise<readonly MessageTask[]> {
  try {
    return await operation.plan(call.element, session);
  } catch (error) {
    throw asMailboxFault(error) ?? error;
  }
}

/** What a client is told of an error; one of the inside goes to the log and is not described. */
function failureOf(error: unknown, operation: MailboxOperation, session: MailboxSession): EwsFault {
  const fault = asMailboxFault(error);
  if (fault === undefined) throw error;
  if (fault.cause !== undefined) session.services.log.debug({ err: fault.cause, requestId: session.context.requestId, operation: operation.name }, errorText(fault.cause));
  return fault;
}

function writeSuccess(writer: XmlWriter, name: string, content: WriteContent): void {
  writer.open(`m:${name}ResponseMessage`, { ResponseClass: 'Success' });
  writer.element('m:ResponseCode', 'NoError');
  content(writer);
  writer.close();
}

/** Writes a response message that says what went wrong ([MS-OXWSCDATA] ResponseMessageType). */
export function writeError(writer: XmlWriter, name: string, fault: EwsFault, empty: readonly string[]): void {
  writer.open(`m:${name}ResponseMessage`, { ResponseClass: 'Error' });
  writeErrorDetails(writer, fault);
  for (const element of empty) writer.element(`m:${element}`, '');
  writer.close();
}

/** What every error message begins with. */
export function writeErrorDetails(writer: XmlWriter, fault: EwsFault): void {
  writer.element('m:MessageText', fault.message);
  writer.element('m:ResponseCode', fault.code);
  writer.element('m:DescriptiveLinkKey', 0);
  writeMessageXml(writer, 'm:MessageXml', fault);
}
