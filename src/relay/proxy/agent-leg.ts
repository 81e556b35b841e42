import type { HeadReader, LinkStream, RefusalCode, ResponseHeadParser } from '../../tunnel/index.ts';
import { createHeadReader, createResponseHeadParser, errorCodes, refusalOfReset, releaseBytes } from '../../tunnel/index.ts';
import type { AgentLink } from '../links/agent-link.ts';
import type { Application } from '../registry/application.ts';
import type { ResponseRewriter } from './rewrite-response-head.ts';
import { createResponseRewriter } from './rewrite-response-head.ts';

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
  readonly parse: ResponseHeadParser;
  readonly rewrite: ResponseRewriter;
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

/**
 * @param relayHost the relay's own name in `Via`
 * @throws when the link ends in this very moment
 */
export function openAgentLeg(link: AgentLink, application: Application, relayHost: string, events: LegEvents): AgentLeg {
  return new StreamLeg(link, application, relayHost, events);
}

class StreamLeg implements AgentLeg {
  readonly link: AgentLink;
  readonly application: Application;
  readonly heads: HeadReader = createHeadReader();
  readonly parse: ResponseHeadParser = createResponseHeadParser();
  readonly rewrite: ResponseRewriter;
  readonly #stream: LinkStream;
  readonly #draining: () => void;
  accepted = false;
  ended = false;

  constructor(link: AgentLink, application: Application, relayHost: string, events: LegEvents) {
    this.link = link;
    this.rewrite = createResponseRewriter(`${relayHost} (hybridge agent ${link.agentId.slice(0, 8)})`);
    this.application = application;
    const stream = link.openStream(application.id);
    this.#stream = stream;
    this.#draining = () => {
      if (!this.ended) events.onDraining(this);
    };
    link.drainListeners.add(this.#draining);
    stream.onResponse = () => {
      this.accepted = true;
      if (!this.ended) events.onAccepted(this);
    };
    stream.onData = (bytes) => {
      if (!this.ended) events.onData(this, bytes);
      releaseBytes(bytes);
    };
    stream.onDrain = () => {
      if (!this.ended) events.onDrain(this);
    };
    stream.onClose = (code) => {
      link.drainListeners.delete(this.#draining);
      if (this.ended) return;
      this.ended = true;
      events.onEnd(this, legEnd(code));
    };
  }

  get full(): boolean {
    return this.#stream.full;
  }

  write(bytes: Buffer): void {
    this.#stream.write(bytes);
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  end(): void {
    this.#stream.end();
  }

  abandon(): void {
    this.ended = true;
    this.#stream.reset(errorCodes.cancel);
  }
}

function legEnd(reset: number): LegEnd {
  const code = refusalOfReset(reset);
  if (code !== undefined) return code === 'AGENT_TARGET_CLOSED' ? { kind: 'lost', code } : { kind: 'refused', code };
  if (reset === errorCodes.refusedStream) return { kind: 'refused', code: undefined };
  return reset === errorCodes.noError ? { kind: 'complete' } : { kind: 'lost', code: 'RELAY_LINK_LOST' };
}
