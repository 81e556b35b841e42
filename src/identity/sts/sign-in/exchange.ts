import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AadstsError } from '../aadsts-error.ts';
import type { TokenService } from '../token-service.ts';

/** One request of a browser, with what every page needs. */
export interface Exchange {
  service: TokenService;
  request: IncomingMessage;
  response: ServerResponse;
  clientAddress: string;
  requestId: string;
  traceId: string;
  /** Tells the access log of a refusal that goes on a page or back to the application. */
  note(refusal: AadstsError): void;
}
