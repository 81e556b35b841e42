import { fieldValue, responseBody } from '../../tunnel/index.ts';
import type { ResponseHead } from '../../tunnel/index.ts';
import type { AgentLeg } from './agent-leg.ts';
import { bindsConnection } from './binds-connection.ts';
import type { CurrentLeg } from './current-leg.ts';
import type { Exchange } from './exchange.ts';
import type { ProxyContext } from './proxy-context.ts';

/** A head and the first bytes of its body below this size leave in one write. */
export const joinLimit = 32 * 1024;
const maximumInterimAnswers = 16;

/** The client's side, as an answer needs it. */
export interface AnswerTaker {
  readonly current: CurrentLeg;
  readonly context: ProxyContext;
  send(exchange: Exchange, bytes: Buffer): void;
}

/**
 * Passes bytes of an answer to the client, as far as they belong to it, and returns how many those were. Once
 * `exchange.switched` is set, all of them do.
 *
 * @throws TunnelError, RangeError when the answer could be read in more than one way
 */
export function passAnswer(taker: AnswerTaker, leg: AgentLeg, exchange: Exchange, chunk: Buffer): number {
  let at = 0;
  while (at < chunk.length && exchange.responseReader === undefined) {
    const read = leg.heads.read(chunk, at);
    if (read === undefined) return chunk.length;
    at = read.end;
    const head = leg.parse(read.bytes);
    const switching = takeNote(taker, leg, exchange, head);
    const reader = exchange.responseReader as Exchange['responseReader'];
    const end = reader === undefined ? at : reader.read(chunk, at);
    const body = end > at && end - at <= joinLimit ? chunk.subarray(at, end) : undefined;
    const close = exchange.closeAfter && reader !== undefined && !switching;
    // A client of HTTP/1.0 knows no interim answers.
    if (reader !== undefined || exchange.head.minorVersion !== 0) taker.send(exchange, leg.rewrite(head, { requestId: exchange.requestId, close, upgrade: switching, body }));
    if (end > at && body === undefined) taker.send(exchange, chunk.subarray(at, end));
    at = end;
    if (switching) return chunk.length;
  }
  const reader = exchange.responseReader;
  if (reader === undefined || at === chunk.length || reader.done) return at;
  const end = reader.read(chunk, at);
  taker.send(exchange, at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end));
  return end;
}

/** Takes note of an answer's head; true when it switches protocols. */
function takeNote({ current, context }: AnswerTaker, leg: AgentLeg, exchange: Exchange, head: ResponseHead): boolean {
  const switching = head.status === 101 && switchesTo(exchange.head.upgrade, fieldValue(head.fields, 'upgrade'));
  if (head.status < 200 && !switching) {
    exchange.interim += 1;
    if (head.status === 101 || exchange.interim > maximumInterimAnswers) throw new RangeError('unexpected interim answer');
    return false;
  }
  exchange.response = head;
  exchange.responseReader = switching ? { done: false, untilClose: true, read: (chunk) => chunk.length } : responseBody(head, exchange.head.method);
  exchange.switched = switching;
  if (head.status === 401 && head.fields.some((field) => field.key === 'www-authenticate' && bindsConnection(field.value))) current.pinned = true;
  const last = exchange.responseReader.untilClose || (current.pinned && (!head.keepAlive || !leg.link.available)) || context.draining() || (!exchange.requestReader.done && !head.keepAlive);
  if (last) exchange.closeAfter = true;
  return switching;
}

/** RFC 9110 §15.2.2: a server switches to what the client offered, and to nothing else. */
function switchesTo(offered: string | undefined, taken: string | undefined): boolean {
  return offered !== undefined && taken !== undefined && offered.toLowerCase().split(',').some((protocol) => protocol.trim() === taken.toLowerCase());
}
