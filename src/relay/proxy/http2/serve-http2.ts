import http2 from 'node:http2';
import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { errorCode } from '../../../foundation/index.ts';
import { fieldValue, writeHeld } from '../../../tunnel/index.ts';
import { serveClient } from '../client-connection.ts';
import type { Deadline } from '../deadlines.ts';
import type { ClientFacts, ProxyContext } from '../proxy-context.ts';
import type { AnswerTranslator } from './http2-answer.ts';
import { createAnswerTranslator } from './http2-answer.ts';
import type { TranslatedHead } from './http2-request-head.ts';
import { translateRequestHead } from './http2-request-head.ts';
import { endStream, resetStream } from './reset-stream.ts';
import type { VirtualConnection } from './virtual-connection.ts';
import { createVirtualConnection } from './virtual-connection.ts';

const { NGHTTP2_HTTP_1_1_REQUIRED, NGHTTP2_INTERNAL_ERROR, NGHTTP2_PROTOCOL_ERROR } = http2.constants;

/** Node's guard against opened and reset streams stays on here, unlike on the links: these clients are strangers. */
const sessionOptions: http2.ServerOptions = {
  settings: { maxConcurrentStreams: 100, initialWindowSize: 1024 * 1024, enablePush: false },
  maxSessionMemory: 64,
  unknownProtocolTimeout: 0,
};

/** Milliseconds for the last words of a session that rests. */
const lingerMs = 2000;

/** One request at a time, like any HTTP/1.1 connection; the next stream takes it over when it is free. */
interface Lane {
  connection: VirtualConnection;
  drain: () => void;
  stream: StreamInWork | undefined;
}

interface StreamInWork {
  answer: (bytes: Buffer, done: () => void) => void;
  ready: () => void;
  closed: (inGoodOrder: boolean) => void;
}

/**
 * Serves a client that speaks HTTP/2: each of its streams becomes a request on an HTTP/1.1 connection of its own, which
 * is served, counted, checked and logged like every other, and is used again by a later stream of the same client only.
 * Sign-in that is bound to a connection cannot work here; such requests are sent back to HTTP/1.1 (RFC 9113 §7).
 */
export function serveHttp2(socket: TLSSocket, client: ClientFacts, context: ProxyContext): { drain(): void } {
  const session: ServerHttp2Session = http2.performServerHandshake(socket, sessionOptions);
  const idle: Lane[] = [];
  let streams = 0;
  let ending = false;
  // Not the session's own time-out, which any byte moves: pings, or a head that comes one byte at a time.
  const rest: Deadline = {
    at: performance.now() + context.timeouts.headMs,
    expire() {
      if (ending) return session.destroy();
      ending = true;
      session.close();
      rest.at = performance.now() + lingerMs;
    },
  };
  context.deadlines.add(rest);
  const lanes = new Set<Lane>();
  const openLane = (): Lane => {
    const connection = createVirtualConnection({
      onBytes: (bytes, done) => (lane.stream === undefined ? done() : lane.stream.answer(bytes, done)),
      onReady: () => lane.stream?.ready(),
      onClosed(inGoodOrder) {
        lanes.delete(lane);
        const at = idle.indexOf(lane);
        if (at !== -1) idle.splice(at, 1);
        lane.stream?.closed(inGoodOrder);
      },
    });
    const lane: Lane = { connection, drain: () => undefined, stream: undefined };
    lanes.add(lane);
    lane.drain = serveClient(connection.socket, laneClient, context).drain;
    return lane;
  };
  // A lane that is destroyed resets its stream; the session goes on.
  const laneClient: ClientFacts = { ...client, reset: () => undefined };
  session.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, flags: number) => {
    const hasBody = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) === 0;
    stream.on('error', () => undefined);
    let head: TranslatedHead;
    try {
      head = translateRequestHead(headers, hasBody);
    } catch (error) {
      context.log.info({ err: error, code: errorCode(error), clientAddress: client.address }, 'a request was refused');
      resetStream(stream, NGHTTP2_PROTOCOL_ERROR);
      return;
    }
    if (head.bindsConnection) {
      resetStream(stream, NGHTTP2_HTTP_1_1_REQUIRED);
      return;
    }
    const lane = idle.pop() ?? openLane();
    streams += 1;
    rest.at = Infinity;
    stream.once('close', () => {
      streams -= 1;
      if (streams === 0) rest.at = performance.now() + context.timeouts.keepAliveMs;
    });
    carry(stream, head, lane, hasBody, () => idle.push(lane));
  });
  session.on('error', (error) => context.log.debug({ err: error, clientAddress: client.address }, 'an HTTP/2 client failed'));
  session.once('close', () => {
    context.deadlines.remove(rest);
    for (const lane of lanes) lane.connection.destroy();
    socket.destroy();
  });
  return {
    drain() {
      session.close();
      for (const lane of lanes) lane.drain();
    },
  };
}

/** Carries one stream over a lane; `release` when the lane is free for another. */
function carry(stream: ServerHttp2Stream, head: TranslatedHead, lane: Lane, hasBody: boolean, release: () => void): void {
  const { connection } = lane;
  let requestDone = !hasBody;
  let trailers: OutgoingHttpHeaders | undefined;
  let pending: (() => void) | undefined;
  // The reset leaves in a later turn; nothing may slip out before it.
  let aborted = false;
  const gone = (): boolean => aborted || stream.destroyed || stream.closed;
  const abort = (code: number): void => {
    // Behind a head only `destroy` will do: `close` sends an orderly end ahead of the reset.
    if (!gone() && stream.headersSent) stream.destroy(new Error('The answer was cut.'));
    else if (!gone()) resetStream(stream, code);
    aborted = true;
    connection.destroy();
  };
  const write = (bytes: Buffer): void => {
    if (bytes.length > 0 && !gone()) writeHeld(stream, bytes);
  };
  const translator: AnswerTranslator = createAnswerTranslator(head.method, {
    interim(status, headers) {
      if (!gone() && !stream.headersSent && status !== 101) stream.additionalHeaders({ ...headers, ':status': status });
    },
    head({ status, fields }, headers, ends) {
      if (gone()) return;
      const offered = status === 401 && !head.authorized && fields.some((field) => field.key === 'www-authenticate' && /^(?:ntlm|negotiate)\b/i.test(field.value));
      if (offered) return abort(NGHTTP2_HTTP_1_1_REQUIRED);
      stream.respond({ ...headers, ':status': status }, { endStream: ends, waitForTrailers: !ends && fieldValue(fields, 'trailer') !== undefined });
    },
    data: write,
    trailers: (fields) => (trailers = fields),
  });
  stream.once('wantTrailers', () => stream.sendTrailers(trailers ?? {}));

  const finishAnswer = (): void => {
    if (!gone() && !stream.writableEnded) stream.end();
    // No `drain` comes after the end.
    pending?.();
    pending = undefined;
    if (!requestDone) return;
    lane.stream = undefined;
    if (!connection.socket.destroyed) release();
  };
  lane.stream = {
    answer(bytes, done) {
      try {
        translator.read(bytes);
      } catch {
        done();
        return abort(NGHTTP2_INTERNAL_ERROR);
      }
      if (!gone() && stream.writableNeedDrain) pending = done;
      else done();
      if (translator.done) finishAnswer();
    },
    ready: () => void stream.resume(),
    closed(inGoodOrder) {
      lane.stream = undefined;
      if (gone()) return;
      // With NO_ERROR, a client that still sends its body learns that nobody wants it (RFC 9113 §8.1).
      if (translator.done) endStream(stream);
      else if (translator.untilClose && inGoodOrder) stream.end();
      else abort(NGHTTP2_INTERNAL_ERROR);
    },
  };
  stream.on('drain', () => {
    const done = pending;
    pending = undefined;
    done?.();
  });
  stream.on('data', (chunk: Buffer) => {
    const bytes = head.chunked ? Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]) : chunk;
    if (chunk.length > 0 && !connection.send(bytes)) stream.pause();
  });
  stream.once('end', () => {
    if (requestDone) return;
    requestDone = true;
    if (head.chunked) connection.send(Buffer.from('0\r\n\r\n'));
    if (translator.done) finishAnswer();
  });
  stream.once('close', () => {
    const complete = requestDone && translator.done;
    if (complete || lane.stream === undefined) return;
    lane.stream = undefined;
    pending?.();
    connection.destroy();
  });
  connection.send(head.bytes);
}
