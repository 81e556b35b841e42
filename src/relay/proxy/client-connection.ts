import type { Duplex } from 'node:stream';
import { createRequestId, errorCode, isRequestId } from '../../foundation/index.ts';
import type { TokenRefusal } from '../access-tokens/create-token-gate.ts';
import type { Application } from '../registry/application.ts';
import type { ClientFaultCode } from '../relay-error.ts';
import type { RefusalCode, RequestHead } from '../../tunnel/index.ts';
import { countHolders, createHeadReader, createRequestHeadParser, fieldValue, refusalResponse, refusals, releaseBytes, writeGathered } from '../../tunnel/index.ts';
import type { AdmissionOutcome } from './admit-request.ts';
import { admitRequest, leaveLimits } from './admit-request.ts';
import type { AgentLeg, LegEnd } from './agent-leg.ts';
import { bindsConnection } from './binds-connection.ts';
import { CurrentLeg } from './current-leg.ts';
import type { Exchange } from './exchange.ts';
import { assignApplication, createExchange, isAnswered, isComplete, isSwitched } from './exchange.ts';
import { logExchange } from './log-exchange.ts';
import type { AnswerTaker } from './pass-answer.ts';
import { joinLimit, passAnswer } from './pass-answer.ts';
import type { WaitingFor } from './patience.ts';
import { Patience } from './patience.ts';
import type { ClientFacts, ProxyContext } from './proxy-context.ts';
import type { RequestRewriter } from './rewrite-request-head.ts';
import { createRequestRewriter } from './rewrite-request-head.ts';
import { routeRequest } from './route-request.ts';

/** Bytes of further requests that may wait while one is in work. */
const pipelineLimit = 64 * 1024;
/** Milliseconds in which a client may still send what is then thrown away, so that it can read why it was refused. */
const lingerMs = 2000;

/**
 * Serves one client connection: frames its requests, routes them, and splices their bytes to one agent stream at a
 * time. Requests of a connection are served one after the other; what a client sends ahead waits.
 */
export function serveClient(socket: Duplex, client: ClientFacts, context: ProxyContext): { drain(): void } {
  const connection = new ClientConnection(socket, client, context);
  connection.start();
  return { drain: () => connection.drain() };
}

class ClientConnection implements AnswerTaker {
  readonly context: ProxyContext;
  readonly current: CurrentLeg;
  readonly #socket: Duplex;
  readonly #client: ClientFacts;
  readonly #heads = createHeadReader();
  readonly #parse = createRequestHeadParser();
  readonly #rewrite: RequestRewriter;
  readonly #admission: AdmissionOutcome = {
    start: (exchange, application) => this.#start(exchange, application),
    refuse: (exchange, code, fields) => {
      if (this.#exchange === exchange) this.#refuse(code, fields);
    },
    refuseLater: (exchange, code) => {
      if (this.#exchange !== exchange) return;
      exchange.late = code;
      this.#patience.refusal();
    },
  };
  readonly #patience: Patience;
  /** Received, not yet consumed. */
  #pending: Buffer | undefined;
  #exchange: Exchange | undefined;
  /** The last answer has been written. */
  #closing = false;
  #processing = false;

  constructor(socket: Duplex, client: ClientFacts, context: ProxyContext) {
    this.#socket = socket;
    this.#client = client;
    this.#rewrite = createRequestRewriter(client.address, context.relayHost);
    this.context = context;
    this.current = new CurrentLeg(context, {
      onAccepted: (leg) => this.#accepted(leg),
      onData: (leg, chunk) => this.#answer(leg, chunk),
      onDrain: () => this.#regulate(),
      onEnd: (leg, end) => this.#legEnded(leg, end),
      onDraining: (leg) => this.#agentDrains(leg),
    });
    this.#patience = new Patience(context, (waitedFor) => this.#expire(waitedFor));
  }

  start(): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('drain', () => {
      this.#patience.hasRead(this.#exchange);
      this.current.leg?.resume();
    });
    socket.on('end', () => {
      if (this.#exchange?.switched === true) this.current.leg?.end();
    });
    socket.on('error', () => undefined);
    socket.once('close', () => this.#closed());
  }

  drain(): void {
    if (this.#exchange === undefined && !this.#heads.started) this.#close();
    else if (this.#exchange?.switched === true) this.#socket.end();
    else if (this.#exchange !== undefined) this.#exchange.closeAfter = true;
  }

  #receive(chunk: Buffer): void {
    if (this.#closing) return;
    countHolders(chunk);
    if (this.#exchange?.switched === true) {
      this.#patience.bytes(this.#exchange);
      this.#exchange.bytesReceived += chunk.length;
      this.current.leg?.write(chunk);
      this.#regulate();
      releaseBytes(chunk);
      return;
    }
    this.#pending = this.#pending === undefined ? chunk : Buffer.concat([this.#pending, chunk]);
    this.#process();
    // What could not be consumed yet is a part of it.
    if (this.#pending === undefined) releaseBytes(chunk);
  }

  /** Consumes what has been received as far as it may be consumed now. */
  #process(): void {
    if (this.#processing) return;
    this.#processing = true;
    while (this.#pending !== undefined && !this.#closing && this.#exchange?.switched !== true) {
      const bytes = this.#pending;
      if (this.#exchange === undefined) {
        if (!this.#readHead(bytes)) break;
      } else if (this.#exchange.requestReader.done || this.#exchange.held) break;
      else if (!this.#readBody(bytes, this.#exchange)) break;
    }
    this.#processing = false;
    this.#regulate();
  }

  #readHead(bytes: Buffer): boolean {
    const started = this.#heads.started;
    try {
      const read = this.#heads.read(bytes, 0);
      if (read === undefined) {
        this.#pending = undefined;
        if (!started) this.#patience.head();
        return false;
      }
      this.#pending = read.end === bytes.length ? undefined : bytes.subarray(read.end);
      this.#begin(this.#parse(read.bytes), read.bytes.length);
      return true;
    } catch (error) {
      if (this.#exchange === undefined) this.#refuseUnread(error);
      else this.#refuse('RELAY_REQUEST_MALFORMED');
      return false;
    }
  }

  #readBody(bytes: Buffer, exchange: Exchange): boolean {
    try {
      const end = exchange.requestReader.read(bytes, 0);
      this.#pending = end === bytes.length ? undefined : bytes.subarray(end);
      exchange.bytesReceived += end;
      if (exchange.bytesReceived > exchange.receiveLimit) {
        this.#fail(exchange, 'RELAY_REQUEST_TOO_LARGE');
        return false;
      }
      this.#forward(exchange, end === bytes.length ? bytes : bytes.subarray(0, end));
    } catch {
      this.#refuse('RELAY_REQUEST_MALFORMED');
      return false;
    }
    return true;
  }

  #begin(head: RequestHead, headBytes: number): void {
    const { context } = this;
    const sent = fieldValue(head.fields, 'client-request-id')?.replace(/^\{|\}$/g, '');
    const exchange = createExchange(head, sent !== undefined && isRequestId(sent) ? sent : createRequestId(), headBytes);
    this.#exchange = exchange;
    const application = routeRequest(head, headBytes, this.#client, context);
    if (typeof application === 'string') {
      // Whose endpoint it was is logged, so that its administrators see what is refused there.
      const known = application === 'RELAY_MISDIRECTED' ? undefined : context.route(head.host);
      if (known !== undefined) exchange.application = known;
      return this.#refuse(application);
    }
    assignApplication(exchange, application);
    exchange.held = true;
    this.#patience.bytes(exchange);
    admitRequest(exchange, application, this.#client, context, this.#admission);
  }

  #start(exchange: Exchange, application: Application): void {
    if (this.#exchange !== exchange) return;
    exchange.held = false;
    const { head, requestId } = exchange;
    if (bindsConnection(fieldValue(head.fields, 'authorization') ?? '')) this.current.pinned = true;
    const refusal = this.current.take(exchange, application);
    if (refusal !== undefined) return this.#refuse(refusal);
    try {
      const body = this.#receivedBody(exchange);
      if (exchange.bytesReceived > exchange.receiveLimit) return this.#refuse('RELAY_REQUEST_TOO_LARGE');
      this.#forward(exchange, this.#rewrite(head, { requestId, hostHeader: application.hostHeader, body }));
    } catch {
      return this.#refuse('RELAY_REQUEST_MALFORMED');
    }
    this.#process();
  }

  /** What has already come of the body, to leave with the head. */
  #receivedBody(exchange: Exchange): Buffer | undefined {
    const body = this.#pending;
    if (body === undefined || body.length > joinLimit || exchange.requestReader.done) return undefined;
    const end = exchange.requestReader.read(body, 0);
    this.#pending = end === body.length ? undefined : body.subarray(end);
    exchange.bytesReceived += end;
    return end === body.length ? body : body.subarray(0, end);
  }

  #forward(exchange: Exchange, bytes: Buffer): void {
    if (this.current.leg === undefined || exchange.application === undefined) return;
    this.current.forward(exchange, bytes);
    this.#patience.request(exchange, exchange.application);
    if (isComplete(exchange)) this.#finish(exchange);
  }

  #accepted(leg: AgentLeg): void {
    if (leg !== this.current.leg) return;
    this.current.accepted(this.#exchange);
    this.#regulate();
  }

  #answer(leg: AgentLeg, chunk: Buffer): void {
    if (leg !== this.current.leg || this.#closing) return;
    const exchange = this.#exchange;
    if (exchange === undefined || exchange.responseReader?.done === true) return this.#unasked(leg);
    exchange.replay = undefined;
    exchange.replayBytes = 0;
    this.#patience.bytes(exchange);
    if (exchange.switched) return this.send(exchange, chunk);
    try {
      const taken = passAnswer(this, leg, exchange, chunk);
      if (isSwitched(exchange)) this.#forwardWaiting(exchange);
      else if (isAnswered(exchange)) this.#answered(leg, exchange, taken < chunk.length);
    } catch (error) {
      this.context.log.warn({ code: errorCode(error), err: error, requestId: exchange.requestId, application: leg.application.id }, 'an answer of the target was refused');
      this.#fail(exchange, 'RELAY_TARGET_RESPONSE_INVALID');
    }
  }

  /** The answer is whole; `excess` when the target sent more than that. */
  #answered(leg: AgentLeg, exchange: Exchange, excess: boolean): void {
    if (excess) {
      this.#reportUnasked(leg);
      if (!exchange.requestReader.done) return void this.#socket.destroy();
      if (this.current.pinned) exchange.closeAfter = true;
      this.current.drop();
    }
    if (exchange.requestReader.done || exchange.response?.keepAlive === false) this.#finish(exchange);
  }

  /** What the client sent behind its upgrade request belongs to the new protocol. */
  #forwardWaiting(exchange: Exchange): void {
    const bytes = this.#pending;
    if (bytes === undefined) return;
    this.#pending = undefined;
    exchange.bytesReceived += bytes.length;
    this.current.leg?.write(bytes);
  }

  /** Gives bytes of an answer to the client. */
  send(exchange: Exchange, bytes: Buffer): void {
    if (bytes.length === 0 || this.#socket.destroyed) return;
    exchange.bytesSent += bytes.length;
    if (writeGathered(this.#socket, bytes)) return;
    this.current.leg?.pause();
    this.#patience.reader(exchange);
  }

  #finish(exchange: Exchange): void {
    this.#conclude(exchange, exchange.response?.status ?? 0);
    if (exchange.closeAfter || !exchange.requestReader.done) return this.#close();
    if (exchange.response?.keepAlive === false || this.current.spent) this.current.drop();
    this.#patience.nextRequest();
    this.#process();
  }

  /** The exchange is over, whatever became of it. */
  #conclude(exchange: Exchange, status: number, code?: RefusalCode | ClientFaultCode): void {
    this.#exchange = undefined;
    leaveLimits(exchange, this.context);
    logExchange(exchange, this.#client, this.context, status, code);
  }

  /** Bytes from a target that nobody asked for would be taken for the answer to the next request. */
  #unasked(leg: AgentLeg): void {
    this.#reportUnasked(leg);
    if (this.current.pinned || this.#exchange !== undefined) this.#socket.destroy();
    else this.current.drop();
  }

  #reportUnasked(leg: AgentLeg): void {
    this.context.log.warn({ application: leg.application.id, agentId: leg.link.agentId }, 'a target sent bytes that belong to no request');
  }

  #agentDrains(leg: AgentLeg): void {
    if (leg !== this.current.leg || this.#exchange !== undefined || this.#heads.started) return;
    if (this.current.pinned) this.#close();
    else this.current.drop();
  }

  #legEnded(leg: AgentLeg, end: LegEnd): void {
    if (!this.current.ended(leg)) return;
    const exchange = this.#exchange;
    if (exchange?.switched === true) return void (end.kind === 'complete' ? this.#socket.end() : this.#socket.destroy());
    if (exchange === undefined) {
      if (this.current.pinned) this.#close();
      return;
    }
    if (exchange.responseReader?.done === true) {
      exchange.closeAfter = true;
      return this.#finish(exchange);
    }
    if (exchange.responseReader !== undefined) {
      if (end.kind === 'complete' && exchange.responseReader.untilClose) {
        this.#conclude(exchange, exchange.response?.status ?? 0);
        return this.#close();
      }
      return this.#cut(exchange, end.kind === 'lost' ? end.code : 'AGENT_TARGET_CLOSED');
    }
    if (end.kind === 'lost') return this.#refuse(end.code);
    const code = end.kind === 'refused' ? end.code : undefined;
    const refusal = this.current.retry(exchange, leg, code);
    if (refusal === undefined) return this.#regulate();
    if (refusal !== 'not-again') return this.#refuse(refusal);
    this.#refuse(code ?? (end.kind === 'complete' ? 'AGENT_TARGET_CLOSED' : 'AGENT_DRAINING'));
  }

  /** Answers a request that could not even be read. */
  #refuseUnread(error: unknown): void {
    const code = unreadableCodes[errorCode(error) ?? ''] ?? 'RELAY_REQUEST_MALFORMED';
    this.context.log.info({ err: error, code, clientAddress: this.#client.address }, 'a request was refused');
    this.context.metrics.refusals.add(code);
    this.context.metrics.requests.add(refusals[code].status);
    this.#close(refusalResponse(code, { requestId: createRequestId(), via: this.#via(), close: true }));
  }

  /** Answers the request in work instead of the target. */
  #refuse(code: RefusalCode, fields: TokenRefusal['fields'] = []): void {
    const exchange = this.#exchange;
    if (exchange === undefined) return void this.#socket.destroy();
    this.#swallowBody(exchange);
    const close = exchange.closeAfter || !exchange.requestReader.done || this.current.pinned || refusals[code].status === 400 || this.context.draining();
    const answer = refusalResponse(code, { requestId: exchange.requestId, via: this.#via(), close, head: exchange.head.method === 'HEAD', fields });
    exchange.bytesSent += answer.length;
    this.#conclude(exchange, refusals[code].status, code);
    this.current.drop();
    if (close) return this.#close(answer);
    this.#socket.write(answer);
    this.#patience.nextRequest();
    this.#process();
  }

  /** Hundreds of clients of one tenant are refused at the same moment: nobody else's requests wait behind all of them. */
  #refuseInTurn(exchange: Exchange, code: RefusalCode): void {
    const refuse = (): void => {
      if (this.#exchange === exchange) this.#refuse(code);
    };
    if (exchange.application === undefined || !this.context.turns.enter(exchange.application.tenantId, refuse)) refuse();
  }

  /** What has come of a refused body; when that is all of it, the connection can go on. */
  #swallowBody(exchange: Exchange): void {
    const bytes = this.#pending;
    if (bytes === undefined || exchange.requestReader.done) return;
    try {
      const end = exchange.requestReader.read(bytes, 0);
      this.#pending = end === bytes.length ? undefined : bytes.subarray(end);
    } catch {
      exchange.closeAfter = true;
    }
  }

  /** Ends an exchange whose answer cannot be completed. */
  #fail(exchange: Exchange, code: RefusalCode): void {
    if (exchange.response === undefined) this.#refuse(code);
    else this.#cut(exchange, code);
  }

  /** The client must not take half an answer for a whole one. */
  #cut(exchange: Exchange, code: RefusalCode | ClientFaultCode): void {
    this.#conclude(exchange, exchange.response?.status ?? clientClosedRequest, code);
    this.#client.reset();
    this.#socket.destroy();
  }

  #close(lastBytes?: Buffer): void {
    this.#closing = true;
    this.#pending = undefined;
    this.current.drop();
    this.#patience.lastAnswer();
    this.#socket.end(lastBytes, () => this.#patience.end(lingerMs));
    this.#socket.resume();
  }

  #closed(): void {
    this.#patience.over();
    const exchange = this.#exchange;
    this.#closing = true;
    if (exchange !== undefined) {
      const gone = !exchange.switched;
      this.#conclude(exchange, exchange.response?.status ?? clientClosedRequest, gone ? 'RELAY_CLIENT_CLOSED' : undefined);
    }
    this.current.drop();
  }

  #expire(waitedFor: WaitingFor): void {
    const exchange = this.#exchange;
    if (exchange?.late !== undefined) return this.#refuseInTurn(exchange, exchange.late);
    if (this.#closing || (exchange === undefined && !this.#heads.started)) return void this.#socket.destroy();
    if (exchange === undefined) {
      return this.#close(refusalResponse('RELAY_REQUEST_TIMEOUT', { requestId: createRequestId(), via: this.#via(), close: true }));
    }
    if (waitedFor === 'reader') return this.#cut(exchange, 'RELAY_CLIENT_SLOW');
    if (waitedFor === 'total') return this.#fail(exchange, 'RELAY_TOTAL_TIMEOUT');
    this.#fail(exchange, waitedFor === 'body' ? 'RELAY_REQUEST_TIMEOUT' : 'RELAY_TARGET_TIMEOUT');
  }

  /** Reads from the client only as fast as its bytes can leave. */
  #regulate(): void {
    const socket = this.#socket;
    if (this.#closing || socket.destroyed) return;
    const stop = this.current.holdsBack(this.#exchange) || (this.#pending?.length ?? 0) > pipelineLimit;
    if (stop === socket.isPaused()) return;
    if (stop) socket.pause();
    else socket.resume();
    this.#patience.paused(stop, this.#exchange);
  }

  #via(): string {
    return `1.1 ${this.context.relayHost} (hybridge)`;
  }
}

/** Not a registered status: what logs show, since nginx, for a client that did not wait for its answer. */
const clientClosedRequest = 499;

const unreadableCodes: Readonly<Record<string, RefusalCode>> = {
  TUNNEL_HTTP_HEAD_TOO_LARGE: 'RELAY_REQUEST_HEADERS_TOO_LARGE',
  TUNNEL_HTTP_VERSION: 'RELAY_REQUEST_VERSION',
};
