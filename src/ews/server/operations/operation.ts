import type { SoapEnvelope, XmlElement } from '../../../xml/index.ts';
import type { RequestServerVersion, ServerVersion } from '../../codec/server-version.ts';
import type { RequestContext, Requester } from '../requester.ts';

/** What an operation gets: its element, already found in the body, and what came with it. */
export interface OperationCall {
  element: XmlElement;
  envelope: SoapEnvelope;
  requestVersion: RequestServerVersion;
  serverVersion: ServerVersion;
  requester: Requester;
  context: RequestContext;
}

export interface OperationAnswer {
  contentType: string;
  text: string;
  headers?: Readonly<Record<string, string>>;
  /** In place of the text: pieces of an answer that goes on, each to be sent at once. */
  stream?: AsyncIterable<Buffer>;
}

/** One EWS operation. It throws `EwsFault` for a request that is refused as a whole. */
export interface Operation {
  /** Local name of the request's element in the messages namespace. */
  requestElement: string;
  /** True for operations that may be done in another user's name. */
  isOnMailboxes?: true;
  handle(call: OperationCall): Promise<OperationAnswer>;
}
