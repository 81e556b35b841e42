import type { BodyReader, RefusalCode, RequestHead, ResponseHead } from '../../tunnel/index.ts';
import { holdBytes, requestBody } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';

/** What may be sent again to another agent is kept up to here. */
export const replayLimit = 64 * 1024;
/** Agents (or streams) tried for one request. */
export const maximumAttempts = 3;

/** One request and its answer, while they pass. */
export interface Exchange {
  head: RequestHead;
  requestId: string;
  application?: Application;
  agentId?: string;
  /** Monotonic milliseconds. */
  startedAt: number;
  requestReader: BodyReader;
  response?: ResponseHead;
  responseReader?: BodyReader;
  /** Interim answers seen. */
  interim: number;
  /** What was sent since the head, while it can be sent again: no byte of an answer has come. */
  replay: Buffer[] | undefined;
  replayBytes: number;
  attempts: number;
  /** Of these, on links that went away before they began anything. */
  departures: number;
  /** Agents that refused this request. */
  refusedBy: ReadonlySet<string>;
  lastRefusal: RefusalCode | undefined;
  bytesReceived: number;
  bytesSent: number;
  /** More bytes than these are too many. */
  receiveLimit: number;
  /** Monotonic milliseconds at which it must be over. */
  endsAt: number;
  /** Milliseconds of its body's time in which the client was not read. */
  pausedMs: number;
  /** Counted among the requests in work. */
  entered: boolean;
  /** Its place in its tenant's share, once it was let through. */
  place: number | undefined;
  /** Waits before anything of it goes to an agent: for its turn, or for a decision about its token. */
  held: boolean;
  /** The refusal that the client gets after a pause. */
  late: RefusalCode | undefined;
  /** The client connection ends with this exchange. */
  closeAfter: boolean;
  /** Protocols have been switched: bytes pass unread until the connection ends. */
  switched: boolean;
}

const nobody: ReadonlySet<string> = new Set();

export function createExchange(head: RequestHead, requestId: string, headBytes: number): Exchange {
  return {
    head,
    requestId,
    startedAt: performance.now(),
    requestReader: requestBody(head),
    interim: 0,
    replay: [],
    replayBytes: 0,
    attempts: 0,
    departures: 0,
    refusedBy: nobody,
    lastRefusal: undefined,
    bytesReceived: headBytes,
    bytesSent: 0,
    receiveLimit: Infinity,
    endsAt: Infinity,
    pausedMs: 0,
    entered: false,
    place: undefined,
    held: false,
    late: undefined,
    closeAfter: !head.keepAlive,
    switched: false,
  };
}

/** Gives an exchange to the application that it is for. */
export function assignApplication(exchange: Exchange, application: Application): void {
  exchange.application = application;
  if (application.bodyBytes !== null) exchange.receiveLimit = exchange.bytesReceived + application.bodyBytes;
  if (application.totalTimeoutMs !== null) exchange.endsAt = exchange.startedAt + application.totalTimeoutMs;
}

/** Keeps bytes for another attempt, or gives replaying up once they are too many and a target may have got them. */
export function keepForReplay(exchange: Exchange, bytes: Buffer, accepted: boolean): void {
  if (exchange.replay === undefined) return;
  holdBytes(bytes);
  exchange.replay.push(bytes);
  exchange.replayBytes += bytes.length;
  if (accepted) dropLargeReplay(exchange);
}

export function dropLargeReplay(exchange: Exchange): void {
  if (exchange.replayBytes <= replayLimit) return;
  exchange.replay = undefined;
  exchange.replayBytes = 0;
}

export function isAnswered(exchange: Exchange): boolean {
  return exchange.responseReader?.done === true;
}

export function isSwitched(exchange: Exchange): boolean {
  return exchange.switched;
}

export function isComplete(exchange: Exchange): boolean {
  return exchange.requestReader.done && isAnswered(exchange);
}
