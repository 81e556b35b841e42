import type { ClientHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import type { HeadReader, RefusalCode } from '../../tunnel/index.ts';
import { createHeadReader, refusalOfReset, resetStream } from '../../tunnel/index.ts';
import type { AgentLink } from '../links/agent-link.ts';
import type { Application } from '../registry/application.ts';

/**
 * How a leg ended:
 * - `complete`: the target closed its connection in good order; a request that it had not seen by then has reached nobody
 * - `refused`: nothing of what was sent since the last answer has reached a target
 * - `lost`: anything else; what was sent may have taken effect
 */
export type LegEnd = { kind: 'complete' } | { kind: 'refused'; code: RefusalCode | undefined } | { kind: 'lost'; code: RefusalCode };

export interface LegEvents {
  onAccepted: (leg: AgentLeg) => void;
  onData: (leg: AgentLeg, chunk: Buffer) => void;
  onDrain: (leg: AgentLeg) => void;
  onEnd: (leg: AgentLeg, end: LegEnd) => void;
  /** The agent goes away; the leg should be given up between two requests. */
  onDraining: (leg: AgentLeg) => void;
}

/** A CONNECT stream to an agent, and with it one connection of a target, for one client connection. */
export interface AgentLeg {
  readonly link: AgentLink;
  readonly application: Application;
  readonly heads: HeadReader;
  /** True once the agent has a connection with the target. */
  readonly accepted: boolean;
  /** True while writing should wait for `onDrain`. */
  readonly full: boolean;
  readonly ended: boolean;
  write(bytes: Buffer): void;
  pause(): void;
  resume(): void;
  /** The client sends no more (only meaningful once protocols are switched). */
  end(): void;
  /** Gives the stream up; no event follows. */
  abandon(): void;
}

/** @throws when the link ends in this very moment */
export function openAgentLeg(link: AgentLink, application: Application, events: LegEvents): AgentLeg {
  const stream: ClientHttp2Stream = link.openStream(application.id);
  let accepted = false;
  let full = false;
  let finished = false;
  let ended = false;
  const leg: AgentLeg = {
    link,
    application,
    heads: createHeadReader(),
    get accepted() {
      return accepted;
    },
    get full() {
      return full;
    },
    get ended() {
      return ended;
    },
    write(bytes) {
      if (!stream.destroyed && stream.writable && !stream.write(bytes)) full = true;
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    end() {
      if (!stream.destroyed && stream.writable) stream.end();
    },
    abandon() {
      ended = true;
      resetStream(stream, constants.NGHTTP2_CANCEL);
    },
  };
  stream.once('response', () => {
    accepted = true;
    if (!ended) events.onAccepted(leg);
  });
  stream.on('data', (chunk: Buffer) => {
    if (!ended) events.onData(leg, chunk);
  });
  stream.on('drain', () => {
    full = false;
    if (!ended) events.onDrain(leg);
  });
  // No more than a hint: Node ends a stream before it resets it, so only the code that comes with `close` tells half an answer from a whole one.
  stream.once('end', () => (finished = true));
  stream.on('error', () => undefined);
  const conclude = (): void => {
    if (ended) return;
    ended = true;
    events.onEnd(leg, legEnd(stream, finished));
  };
  const draining = (): void => {
    if (!ended) events.onDraining(leg);
  };
  link.drainListeners.add(draining);
  stream.once('close', () => {
    link.drainListeners.delete(draining);
    conclude();
  });
  return leg;
}

function legEnd(stream: ClientHttp2Stream, finished: boolean): LegEnd {
  const reset = stream.rstCode ?? constants.NGHTTP2_NO_ERROR;
  const code = refusalOfReset(reset);
  if (code !== undefined) return code === 'AGENT_TARGET_CLOSED' ? { kind: 'lost', code } : { kind: 'refused', code };
  if (reset === constants.NGHTTP2_REFUSED_STREAM) return { kind: 'refused', code: undefined };
  if (finished && reset === constants.NGHTTP2_NO_ERROR) return { kind: 'complete' };
  return { kind: 'lost', code: 'RELAY_LINK_LOST' };
}
