import type { TLSSocket } from 'node:tls';
import type { AccessLog, AccessLogEntry, Log } from '../../foundation/index.ts';
import { createRequestId, errorCode } from '../../foundation/index.ts';
import type { BodyReader, LinkStream, RefusalCode, RequestHead, ResponseHead } from '../../tunnel/index.ts';
import { countHolders, createHeadReader, createRequestHeadParser, createResponseHeadParser, errorCodes, fieldValue, malformed, releaseBytes, requestBody, resetCodeOf, responseBody, writeGathered } from '../../tunnel/index.ts';
import type { Applications, ServedApplication, UpstreamConnection } from '../targets/applications.ts';
import type { TargetPool } from '../targets/target-pool.ts';
import type { AgentTraffic } from './agent-traffic.ts';

export interface StreamContext {
  applications: Applications;
  accessLog: AccessLog;
  log: Log;
  traffic: AgentTraffic;
}

interface Exchange {
  head: RequestHead;
  startedAt: number;
  requestReader: BodyReader;
  response?: ResponseHead;
  responseReader?: BodyReader;
  bytesReceived: number;
  bytesSent: number;
}

/**
 * Serves one CONNECT stream of the relay: one client connection, one connection with a target. Requests are framed and
 * checked against the policy again before a byte of them goes on; answers pass as they come and are read for the log.
 */
export function serveStream(stream: LinkStream, applicationId: string, context: StreamContext): void {
  void new AgentStream(stream, context).connect(context.applications.get(applicationId));
}

class AgentStream {
  readonly #stream: LinkStream;
  readonly #context: StreamContext;
  readonly #requestHeads = createHeadReader();
  readonly #parseRequest = createRequestHeadParser();
  readonly #responseHeads = createHeadReader();
  readonly #parseResponse = createResponseHeadParser();
  #application: ServedApplication | undefined;
  #upstream: TLSSocket | undefined;
  #target: TargetPool | undefined;
  #exchange: Exchange | undefined;
  /** Protocols were switched, or the answers cannot be read: bytes pass unread. */
  #opaque = false;
  /** The stream is ending, in good order or not; nothing more is taken from it. */
  #ended = false;

  constructor(stream: LinkStream, context: StreamContext) {
    this.#stream = stream;
    this.#context = context;
    context.traffic.activeConnections += 1;
    stream.onClose = (code) => this.#closed(code);
  }

  async connect(application: ServedApplication | undefined): Promise<void> {
    if (application === undefined) return this.#reset('AGENT_APPLICATION_UNKNOWN');
    const connection: UpstreamConnection<TLSSocket> | RefusalCode = await application.connect();
    if (typeof connection === 'string') return this.#reset(connection);
    if (this.#stream.closed) return void connection.socket.destroy();
    this.#application = application;
    this.#splice(connection);
  }

  #splice({ socket, target }: UpstreamConnection<TLSSocket>): void {
    const stream = this.#stream;
    this.#upstream = socket;
    this.#target = target;
    stream.respond(200);
    stream.onData = (chunk) => {
      this.#request(chunk, socket);
      releaseBytes(chunk);
    };
    stream.onEnd = () => void socket.end();
    stream.onDrain = () => void socket.resume();
    socket.on('data', (chunk: Buffer) => {
      countHolders(chunk);
      this.#answer(chunk, socket);
      releaseBytes(chunk);
    });
    socket.on('drain', () => stream.resume());
    socket.once('end', () => this.#targetGone(undefined));
    socket.once('error', (error) => this.#targetGone(error));
    socket.once('close', () => this.#targetGone(undefined));
    stream.resume();
  }

  #request(chunk: Buffer, socket: TLSSocket): void {
    // The relay has been told that nothing has reached the target since the last answer; let it remain so.
    if (this.#ended) return;
    if (this.#opaque) {
      if (this.#exchange !== undefined) this.#exchange.bytesReceived += chunk.length;
      return this.#write(socket, chunk);
    }
    try {
      for (const piece of this.#checkedPieces(chunk)) this.#write(socket, piece);
    } catch (error) {
      this.#context.log.warn({ err: error, code: errorCode(error) }, 'a request from the relay was refused');
      this.#log(400, 'AGENT_REQUEST_MALFORMED');
      this.#reset('AGENT_REQUEST_MALFORMED');
      return;
    }
    const exchange = this.#exchange;
    if (exchange?.requestReader.done === true && exchange.responseReader?.done === true) this.#log(exchange.response?.status ?? 0);
  }

  /** What of a chunk may go on to the target; nothing of a request whose head is incomplete or not allowed. */
  #checkedPieces(chunk: Buffer): Buffer[] {
    const pieces: Buffer[] = [];
    // The usual chunk begins with a head and goes on as it is, in one write.
    let untouched = !this.#requestHeads.started;
    let at = 0;
    while (at < chunk.length) {
      const exchange = this.#exchange;
      if (exchange === undefined) {
        const read = this.#requestHeads.read(chunk, at);
        if (read === undefined) {
          untouched = false;
          break;
        }
        if (read.bytes.length !== read.end - at) untouched = false;
        at = read.end;
        if (!this.#admit(this.#parseRequest(read.bytes), read.bytes.length)) return [];
        pieces.push(read.bytes);
      } else if (exchange.requestReader.done) {
        if (exchange.responseReader?.done !== true) throw malformed('a request comes before the answer to the last one');
        // Answered before its body had come; what came last of it lies in front of the next request.
        this.#log(exchange.response?.status ?? 0);
      } else {
        const end = exchange.requestReader.read(chunk, at);
        exchange.bytesReceived += end - at;
        pieces.push(chunk.subarray(at, end));
        at = end;
      }
    }
    return untouched && pieces.length > 1 ? [chunk] : pieces;
  }

  /** Checks a request against the policy, whatever the relay thought of it. */
  #admit(head: RequestHead, headBytes: number): boolean {
    const path = head.comparablePath;
    this.#exchange = { head, startedAt: performance.now(), requestReader: requestBody(head), bytesReceived: headBytes, bytesSent: 0 };
    if (path !== undefined && head.method !== 'CONNECT' && this.#application?.allows(path) === true) return true;
    this.#log(403, 'AGENT_PATH_NOT_ALLOWED');
    this.#reset('AGENT_PATH_NOT_ALLOWED');
    return false;
  }

  #answer(chunk: Buffer, socket: TLSSocket): void {
    const exchange = this.#exchange;
    if (exchange !== undefined) exchange.bytesSent += chunk.length;
    if (!this.#opaque && exchange !== undefined) {
      try {
        this.#readAnswer(exchange, chunk);
      } catch (error) {
        // The relay judges answers; here they are read for the log only.
        this.#context.log.warn({ err: error, target: this.#target?.url }, 'an answer of the target cannot be read');
        this.#opaque = true;
      }
    }
    if (!this.#stream.write(chunk)) socket.pause();
    if (exchange !== undefined && !this.#opaque && exchange.requestReader.done && exchange.responseReader?.done === true) this.#log(exchange.response?.status ?? 0);
  }

  #readAnswer(exchange: Exchange, chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && exchange.responseReader === undefined) {
      const read = this.#responseHeads.read(chunk, at);
      if (read === undefined) return;
      at = read.end;
      const head = this.#parseResponse(read.bytes);
      if (head.status < 200 && head.status !== 101) continue;
      exchange.response = head;
      if (head.status === 101) {
        this.#opaque = true;
        return;
      }
      exchange.responseReader = responseBody(head, exchange.head.method);
    }
    if (exchange.responseReader?.done === false) exchange.responseReader.read(chunk, at);
  }

  /**
   * The target hung up. In good order where that ends an answer or nothing is in work: what the relay has not read yet
   * must not be lost to a reset.
   */
  #targetGone(error: Error | undefined): void {
    if (this.#stream.closed || this.#ended) return;
    const exchange = this.#exchange;
    if (exchange !== undefined && !this.#opaque && (error !== undefined || exchange.responseReader?.untilClose !== true)) {
      this.#context.log.info({ err: error, target: this.#target?.url }, 'the target closed a connection in work');
      this.#log(502, 'AGENT_TARGET_CLOSED');
      return this.#reset('AGENT_TARGET_CLOSED');
    }
    if (exchange !== undefined && error !== undefined) return this.#reset('AGENT_TARGET_CLOSED');
    if (exchange !== undefined) this.#log(exchange.response?.status ?? 0);
    this.#ended = true;
    this.#stream.close();
  }

  #closed(code: number): void {
    this.#context.traffic.activeConnections -= 1;
    if (this.#exchange !== undefined) this.#log(this.#exchange.response?.status ?? clientClosedRequest);
    const upstream = this.#upstream;
    if (upstream === undefined || upstream.destroyed) return;
    if (code === errorCodes.noError) upstream.end(() => upstream.destroy());
    else upstream.destroy();
  }

  #reset(code: RefusalCode): void {
    this.#ended = true;
    // After what has been written: part of an answer may tell the client why.
    this.#stream.close(resetCodeOf(code));
    this.#upstream?.destroy();
  }

  #write(socket: TLSSocket, bytes: Buffer): void {
    if (socket.destroyed || !socket.writable) return;
    if (!writeGathered(socket, bytes)) this.#stream.pause();
  }

  #log(status: number, code?: RefusalCode): void {
    const exchange = this.#exchange;
    if (exchange === undefined) return;
    this.#exchange = undefined;
    const { head } = exchange;
    const { traffic, accessLog } = this.#context;
    traffic.requests += 1;
    if (status >= 500 || code !== undefined) traffic.errors += 1;
    traffic.bytesReceived += exchange.bytesReceived;
    traffic.bytesSent += exchange.bytesSent;
    const userAgent = fieldValue(head.fields, 'user-agent');
    // Assigned one by one: this runs once a request, and spreading optional members shows in profiles.
    const entry: AccessLogEntry = {
      requestId: fieldValue(head.fields, 'client-request-id') ?? createRequestId(),
      method: head.method,
      path: head.path,
      host: head.host,
      // Set by the relay, which removes what clients claim.
      clientAddress: fieldValue(head.fields, 'x-forwarded-for') ?? '',
      serverAddress: this.#target?.host ?? '',
      serverPort: this.#target?.port ?? 0,
      status,
      bytesReceived: exchange.bytesReceived,
      bytesSent: exchange.bytesSent,
      durationMs: Math.round((performance.now() - exchange.startedAt) * 1000) / 1000,
      extra: { application: this.#application?.configuration.id },
    };
    if (userAgent !== undefined) entry.userAgent = userAgent;
    if (code !== undefined) entry.errorCode = code;
    accessLog.write(entry);
  }
}

/** What logs show, since nginx, for a client that did not wait for its answer. */
const clientClosedRequest = 499;
