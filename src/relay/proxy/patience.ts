import type { Application } from '../registry/application.ts';
import type { Deadline } from './deadlines.ts';
import type { Exchange } from './exchange.ts';
import type { ProxyContext } from './proxy-context.ts';

/**
 * What a client connection waits for: the next request, the rest of a head or body, the first byte of an answer, its
 * next byte, a client that reads too slowly, the end of an exchange that took too long, the end of the connection.
 */
export type WaitingFor = 'request' | 'head' | 'body' | 'answer' | 'bytes' | 'reader' | 'total' | 'end';

/** How long a client connection may take for what it is doing. Every change is an assignment; one timer watches all. */
export class Patience {
  readonly #context: ProxyContext;
  readonly #deadline: Deadline;
  #for: WaitingFor = 'head';
  /** Monotonic milliseconds since when the client has not been read, for the agent's sake; undefined while it is. */
  #pausedAt: number | undefined;

  /** The first request must come as fast as any head. */
  constructor(context: ProxyContext, expire: (waitedFor: WaitingFor) => void) {
    this.#context = context;
    this.#deadline = { at: performance.now() + context.timeouts.headMs, expire: () => expire(this.#for) };
    context.deadlines.add(this.#deadline);
  }

  nextRequest(): void {
    this.#wait('request', this.#context.timeouts.keepAliveMs);
  }

  head(): void {
    this.#wait('head', this.#context.timeouts.headMs);
  }

  /** After bytes of a request have gone on: the rest must come at the least rate, unless it is we who do not read. */
  request(exchange: Exchange, application: Application): void {
    if (exchange.requestReader.done) return this.#wait('answer', application.responseTimeoutMs, exchange);
    const { bodyMs, bodyGraceMs, bodyBytesPerSecond } = this.#context.timeouts;
    const owed = exchange.startedAt + exchange.pausedMs + bodyGraceMs + (exchange.bytesReceived / bodyBytesPerSecond) * 1000;
    this.#wait('body', Math.min(bodyMs, owed - performance.now()), exchange);
  }

  /** Bytes have come or gone. Until a client reads again, that is all that is waited for. */
  bytes(exchange: Exchange): void {
    if (exchange.application !== undefined && this.#for !== 'reader') this.#wait('bytes', exchange.application.idleTimeoutMs, exchange);
  }

  /** The client does not read its answer. */
  reader(exchange: Exchange): void {
    if (this.#for !== 'reader') this.#wait('reader', this.#context.timeouts.readMs, exchange);
  }

  /** The client has read what waited for it. */
  hasRead(exchange: Exchange | undefined): void {
    if (this.#for !== 'reader') return;
    this.#for = 'bytes';
    if (exchange !== undefined) this.bytes(exchange);
  }

  /** A refusal waits. */
  refusal(): void {
    this.#wait('end', this.#context.timeouts.refusalMs);
  }

  /** The connection ends when the client has read its last answer, or does not. */
  lastAnswer(): void {
    this.#wait('end', this.#context.timeouts.readMs);
  }

  end(ms: number): void {
    this.#wait('end', ms);
  }

  /** The client is not read for now, or again; what it cannot send meanwhile is not held against it. */
  paused(paused: boolean, exchange: Exchange | undefined): void {
    if (exchange === undefined || exchange.requestReader.done || exchange.application === undefined) this.#pausedAt = undefined;
    else if (paused) {
      this.#pausedAt ??= performance.now();
      this.#wait('answer', exchange.application.idleTimeoutMs, exchange);
    } else if (this.#pausedAt !== undefined) {
      exchange.pausedMs += performance.now() - this.#pausedAt;
      this.#pausedAt = undefined;
      this.request(exchange, exchange.application);
    }
  }

  over(): void {
    this.#context.deadlines.remove(this.#deadline);
  }

  #wait(what: WaitingFor, ms: number, exchange?: Exchange): void {
    const at = performance.now() + ms;
    const endsAt = exchange?.endsAt ?? Infinity;
    this.#for = at > endsAt ? 'total' : what;
    this.#deadline.at = Math.min(at, endsAt);
  }
}
