import type { TokenRefusal } from '../access-tokens/create-token-gate.ts';
import type { RefusalCode } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';
import type { Exchange } from './exchange.ts';
import type { ClientFacts, ProxyContext } from './proxy-context.ts';

/** What becomes of a request; exactly one is called, now or later, unless its client goes away meanwhile. */
export interface AdmissionOutcome {
  start: (exchange: Exchange, application: Application) => void;
  refuse: (exchange: Exchange, code: RefusalCode, fields: TokenRefusal['fields']) => void;
  /** Beyond a limit: a client that were told so at once would send the next at once. */
  refuseLater: (exchange: Exchange, code: RefusalCode) => void;
}

/** Lets a request in: within the limits, with a token where one is wanted, in its tenant's turn. */
export function admitRequest(exchange: Exchange, application: Application, client: ClientFacts, context: ProxyContext, outcome: AdmissionOutcome): void {
  const limit = client.place.take(application) ?? context.limiter.enter(application);
  if (limit !== undefined) return outcome.refuseLater(exchange, limit);
  exchange.entered = true;
  const overloaded = (): void => outcome.refuseLater(exchange, 'RELAY_OVERLOADED');
  const letThrough = (place: number): boolean => {
    if (!exchange.entered) return false;
    exchange.place = place;
    if (!context.turns.enter(application.tenantId, () => outcome.start(exchange, application))) overloaded();
    return true;
  };
  const awaitTurn = (): void => {
    if (!context.share.enter(application.tenantId, letThrough)) overloaded();
  };
  if (application.accessTokens === null) return awaitTurn();
  void context.tokens.check(application, application.accessTokens, exchange.head).then((refusal) => {
    if (refusal === undefined) awaitTurn();
    else outcome.refuse(exchange, refusal.code, refusal.fields);
  });
}

/** Gives back what a request that is over had of its tenant's limits and share. */
export function leaveLimits(exchange: Exchange, { limiter, share }: ProxyContext): void {
  const { application, place } = exchange;
  if (!exchange.entered || application === undefined) return;
  exchange.entered = false;
  limiter.leave(application);
  if (place !== undefined) share.leave(application.tenantId, place);
}
