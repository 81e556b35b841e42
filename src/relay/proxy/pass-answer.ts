import { fieldValue, parseResponseHead, responseBody } from '../../tunnel/index.ts';
import type { AgentLeg } from './agent-leg.ts';
import { bindsConnection } from './binds-connection.ts';
import type { CurrentLeg } from './current-leg.ts';
import type { Exchange } from './exchange.ts';
import type { ProxyContext } from './proxy-context.ts';
import { rewriteResponseHead } from './rewrite-response-head.ts';

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
    const bytes = takeHead(taker, leg, exchange, read.text);
    const reader = exchange.responseReader as Exchange['responseReader'];
    if (exchange.switched) {
      taker.send(exchange, at === chunk.length ? bytes : Buffer.concat([bytes, chunk.subarray(at)]));
      return chunk.length;
    }
    const end = reader === undefined ? at : reader.read(chunk, at);
    const joined = end > at && end - at <= joinLimit;
    taker.send(exchange, joined ? Buffer.concat([bytes, chunk.subarray(at, end)]) : bytes);
    if (end > at && !joined) taker.send(exchange, chunk.subarray(at, end));
    at = end;
  }
  const reader = exchange.responseReader;
  if (reader === undefined || at === chunk.length || reader.done) return at;
  const end = reader.read(chunk, at);
  taker.send(exchange, at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end));
  return end;
}

/** Takes note of an answer's head and returns the bytes for the client. */
function takeHead({ current, context }: AnswerTaker, leg: AgentLeg, exchange: Exchange, text: string): Buffer {
  const head = parseResponseHead(text);
  const via = `1.${head.minorVersion} ${context.relayHost} (hybridge agent ${leg.link.agentId.slice(0, 8)})`;
  const switching = head.status === 101 && switchesTo(exchange.head.upgrade, fieldValue(head.fields, 'upgrade'));
  if (head.status < 200 && !switching) {
    exchange.interim += 1;
    if (head.status === 101 || exchange.interim > maximumInterimAnswers) throw new RangeError('unexpected interim answer');
    const bytes = rewriteResponseHead(head, { requestId: exchange.requestId, via, close: false, upgrade: false });
    return exchange.head.minorVersion === 0 ? Buffer.alloc(0) : bytes;
  }
  exchange.response = head;
  exchange.responseReader = switching ? { done: false, untilClose: true, read: (chunk) => chunk.length } : responseBody(head, exchange.head.method);
  exchange.switched = switching;
  if (head.status === 401 && head.fields.some((field) => field.key === 'www-authenticate' && bindsConnection(field.value))) current.pinned = true;
  const last = exchange.responseReader.untilClose || (current.pinned && (!head.keepAlive || !leg.link.available)) || context.draining() || (!exchange.requestReader.done && !head.keepAlive);
  if (last) exchange.closeAfter = true;
  return rewriteResponseHead(head, { requestId: exchange.requestId, via, close: exchange.closeAfter && !switching, upgrade: switching });
}

/** RFC 9110 §15.2.2: a server switches to what the client offered, and to nothing else. */
function switchesTo(offered: string | undefined, taken: string | undefined): boolean {
  return offered !== undefined && taken !== undefined && offered.toLowerCase().split(',').some((protocol) => protocol.trim() === taken.toLowerCase());
}
