import { errorText, silentLog, systemClock } from '../../foundation/index.ts';
import type { Clock, Log } from '../../foundation/index.ts';
import { parseXml, readSoapEnvelope, XmlError } from '../../xml/index.ts';
import type { SoapEnvelope, SoapVersion, XmlLimits } from '../../xml/index.ts';
import type { AvailabilityLimits } from '../codec/check-availability-request.ts';
import { EwsFault } from '../codec/ews-fault.ts';
import { encodeEwsFault } from '../codec/ews-fault-codec.ts';
import { messagesNamespace } from '../codec/namespaces.ts';
import type { ServerVersion } from '../codec/server-version.ts';
import { readRequestServerVersion } from '../codec/server-version.ts';
import { checkIntroduction } from './check-introduction.ts';
import { getServerTimeZonesOperation } from './operations/get-server-time-zones.ts';
import { getUserAvailabilityOperation } from './operations/get-user-availability.ts';
import type { Operation } from './operations/operation.ts';
import { impersonatedAddress, impersonationDenied } from './impersonation.ts';
import { mailboxOperations } from './mailbox/mailbox-operations.ts';
import type { MailboxServices } from './mailbox/mailbox-services.ts';
import { openMailboxCalls } from './mailbox/open-mailbox-calls.ts';
import type { NotificationOptions } from './notifications/notifications.ts';
import { createNotifications } from './notifications/notifications.ts';
import type { LookUpFreeBusy, RequestContext, Requester } from './requester.ts';

export interface EwsServiceOptions {
  lookUpFreeBusy: LookUpFreeBusy;
  /** Default: none, and the operations on mailboxes are answered as unknown ones. */
  mailboxes?: MailboxServices;
  /** What ServerVersionInfo says in every answer. */
  serverVersion: ServerVersion;
  limits?: AvailabilityLimits;
  notifications?: Omit<NotificationOptions, 'clock'>;
  /** Decides of which year GetServerTimeZones gives the rules. */
  clock?: Clock;
  /** Default: 72 MiB, and the reader's own limits. */
  xmlLimits?: XmlLimits;
  /** Gets what went wrong inside; clients learn only that something did. */
  log?: Log;
}

export interface SoapRequest {
  body: Uint8Array;
  /** The request's Content-Type header. */
  contentType?: string;
}

export interface EwsRequest extends SoapRequest {
  requester: Requester;
  context: RequestContext;
}

/** An HTTP answer; `headers` has lower-case names, and Content-Length only for a stream whose length is known. */
export interface SoapAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Where there is one, it is sent after the body, each piece at once, until it ends. */
  stream?: AsyncIterable<Buffer>;
  /** The fault's response code, for the access log. */
  errorCode?: string;
}

export interface EwsService {
  /** Answers one POST to the EWS endpoint. Whatever the body, it resolves. */
  handle(request: EwsRequest): Promise<SoapAnswer>;
  /** Ends streams that are open, in good order. */
  close(): void;
}

/**
 * The EWS endpoint of an organisation. HTTP statuses are Exchange's: 200 for an answer, 500 for a SOAP fault, 400 for
 * what is not well-formed XML or no SOAP, 413 beyond the size limit, 415 for a charset that is not taken. Exchange's own
 * 400 has no body (*unverified*); ours says ErrorInvalidRequest in a fault ([MS-OXWUMS] §2.2.2.1).
 */
export function createEwsService(options: EwsServiceOptions): EwsService {
  const log = options.log ?? silentLog;
  const operations = new Map<string, Operation>();
  const all = [getUserAvailabilityOperation(options.lookUpFreeBusy, options.limits ?? {}), getServerTimeZonesOperation(options.clock ?? systemClock)];
  for (const operation of all) operations.set(operation.requestElement, operation);
  const { mailboxes } = options;
  const notifications = createNotifications({ ...options.notifications, ...(options.clock === undefined ? {} : { clock: options.clock }) });
  if (mailboxes !== undefined) for (const operation of openMailboxCalls(mailboxOperations, mailboxes, notifications)) operations.set(operation.requestElement, operation);

  const answer = async (request: EwsRequest, envelope: SoapEnvelope): Promise<SoapAnswer> => {
    const requestVersion = readRequestServerVersion(envelope);
    const [element] = envelope.body;
    const operation = element?.namespace === messagesNamespace ? operations.get(element.local) : undefined;
    // The published case is an empty body; that an unknown operation gets the same answer is *unverified*.
    if (element === undefined || operation === undefined || envelope.body.length > 1) throw new EwsFault('ErrorInvalidRequest', 'The request is invalid.');
    checkIntroduction(operation.requestElement, requestVersion);
    if (operation.isOnMailboxes !== true && impersonatedAddress(envelope) !== undefined) throw impersonationDenied();
    const { contentType, text, headers, stream } = await operation.handle({
      element,
      envelope,
      requestVersion,
      serverVersion: options.serverVersion,
      requester: request.requester,
      context: request.context,
    });
    return { status: 200, headers: { 'content-type': contentType, ...headers }, body: Buffer.from(text), ...(stream === undefined ? {} : { stream }) };
  };

  return {
    close: () => notifications.close(),
    async handle(request) {
      let version: SoapVersion = '1.1';
      try {
        checkCharset(request.contentType);
        const envelope = readSoapEnvelope(parseXml(request.body, { maximumBytes: maximumRequestBytes, ...options.xmlLimits }));
        version = envelope.version;
        return await answer(request, envelope);
      } catch (error) {
        const fault = asFault(error);
        // When the client has gone, work that was given up is no failure.
        const level = request.context.signal.aborted ? 'debug' : 'error';
        if (fault.code === 'ErrorInternalServerError') log[level]({ err: error, requestId: request.context.requestId }, `EWS operation failed: ${errorText(error)}`);
        const { contentType, text } = encodeEwsFault(fault, version, options.serverVersion);
        return { status: fault.status, headers: { 'content-type': contentType }, body: Buffer.from(text), errorCode: fault.code };
      }
    },
  };
}

/** What fits a message of 50 MiB as base64 in lines. Exchange's own limit is 64 MB for a request. */
const maximumRequestBytes = 72 * 1024 * 1024;

/** Refuses a declared charset that the reader does not take (RFC 7303 §3). */
export function checkCharset(contentType: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  if (charset === undefined || ['utf-8', 'utf8', 'utf-16', 'us-ascii'].includes(charset)) return;
  throw new EwsFault('ErrorInvalidRequest', 'The request is invalid.', { status: 415 });
}

function asFault(error: unknown): EwsFault {
  if (error instanceof EwsFault) return error;
  if (error instanceof XmlError) return new EwsFault('ErrorInvalidRequest', 'The request is invalid.', { status: error.code === 'XML_TOO_LARGE' ? 413 : 400, cause: error });
  return new EwsFault('ErrorInternalServerError', 'An internal server error occurred. The operation failed.', { cause: error });
}
