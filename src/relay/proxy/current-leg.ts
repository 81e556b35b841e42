import type { RefusalCode } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';
import type { AgentLeg, LegEvents } from './agent-leg.ts';
import { openAgentLeg } from './agent-leg.ts';
import type { Exchange } from './exchange.ts';
import { dropLargeReplay, keepForReplay, maximumAttempts, replayLimit } from './exchange.ts';
import type { ProxyContext } from './proxy-context.ts';

/** The agent's side of a client connection: one leg at a time, and what may be sent again over another. */
export class CurrentLeg {
  readonly #context: ProxyContext;
  readonly #events: LegEvents;
  #leg: AgentLeg | undefined;
  /** Sign-in bound to the connection has begun: this leg or none. */
  pinned = false;

  constructor(context: ProxyContext, events: LegEvents) {
    this.#context = context;
    this.#events = events;
  }

  get leg(): AgentLeg | undefined {
    return this.#leg;
  }

  /** True when no request may follow on this leg. */
  get spent(): boolean {
    return this.#leg?.link.available === false && !this.pinned;
  }

  /** Finds the leg that carries a request: the one of the request before, or a new one. Returns why there is none. */
  take(exchange: Exchange, application: Application): RefusalCode | undefined {
    const leg = this.#leg;
    if (leg !== undefined && leg.application.id === application.id && (this.pinned || leg.link.available)) {
      exchange.agentId = leg.link.agentId;
      return undefined;
    }
    this.drop();
    return this.#open(exchange, application);
  }

  /** Sends bytes of a request; keeps them while they may have to be sent again. */
  forward(exchange: Exchange, bytes: Buffer): void {
    const leg = this.#leg;
    if (leg === undefined) return;
    keepForReplay(exchange, bytes, leg.accepted);
    leg.write(bytes);
  }

  accepted(exchange: Exchange | undefined): void {
    if (exchange !== undefined) dropLargeReplay(exchange);
  }

  /** Sends a request again that provably reached no target. Returns a code when it cannot be. */
  retry(exchange: Exchange, lost: AgentLeg, code: RefusalCode | undefined): RefusalCode | 'not-again' | undefined {
    const { replay, application } = exchange;
    const final = code === 'AGENT_PATH_NOT_ALLOWED' || code === 'AGENT_REQUEST_MALFORMED';
    // A link goes away once, and many do within one moment when agents are restarted: that is nobody's failure.
    if ((code === undefined || code === 'AGENT_DRAINING') && !lost.link.available) exchange.departures += 1;
    if (final || replay === undefined || application === undefined || exchange.attempts - exchange.departures >= maximumAttempts) return 'not-again';
    // A sign-in that began on the lost connection cannot go on elsewhere.
    if (this.pinned && exchange.attempts === 0) return 'not-again';
    exchange.lastRefusal = code;
    // Without a code it was the link that went away; the agent may well have another.
    if (code !== undefined && code !== 'AGENT_DRAINING') exchange.refusedBy = new Set(exchange.refusedBy).add(lost.link.agentId);
    const refusal = this.#open(exchange, application);
    if (refusal === undefined) for (const bytes of replay) this.#leg?.write(bytes);
    return refusal;
  }

  /** True while the client should wait: the leg is full, or too much would have to be sent again. */
  holdsBack(exchange: Exchange | undefined): boolean {
    const leg = this.#leg;
    if (leg === undefined) return false;
    return leg.full || (exchange !== undefined && !leg.accepted && exchange.replayBytes > replayLimit);
  }

  /** Forgets a leg that has ended by itself. */
  ended(leg: AgentLeg): boolean {
    if (leg !== this.#leg) return false;
    this.#leg = undefined;
    return true;
  }

  drop(): void {
    this.#leg?.abandon();
    this.#leg = undefined;
  }

  #open(exchange: Exchange, application: Application): RefusalCode | undefined {
    for (;;) {
      const link = this.#context.links.pick(application.tenantId, exchange.refusedBy);
      if (typeof link === 'string') return exchange.lastRefusal ?? link;
      try {
        this.#leg = openAgentLeg(link, application, this.#context.relayHost, this.#events);
        exchange.attempts += 1;
        exchange.agentId = link.agentId;
        return undefined;
      } catch (error) {
        // The session ends in this very moment.
        this.#context.log.debug({ err: error, agentId: link.agentId }, 'a stream could not be opened');
        link.available = false;
      }
    }
  }
}
