import { HybridgeError } from '../../foundation/index.ts';

/**
 * Why a request to an EWS or Autodiscover endpoint brought no answer. What each code has in `facts`, besides `url` and
 * `requestId`:
 *
 * - `EWS_CLIENT_AUTHORIZATION` – no token was to be had, nothing was sent: `cause` (code of the error behind it)
 * - `EWS_CLIENT_CONNECT` – no connection; nothing of the request was sent: `cause` (`ENOTFOUND`, `ECONNREFUSED`,
 *   `ECONNRESET` in the handshake, OpenSSL's codes), `host`, `port`
 * - `EWS_CLIENT_CONNECTION_LOST` – the connection ended after the request was sent, before its answer was: `cause`
 * - `EWS_CLIENT_TIMEOUT` – `phase` (`connect`, or `answer` once the request was being sent), `timeoutMs`
 * - `EWS_CLIENT_ABORTED` – the caller's signal
 * - `EWS_CLIENT_HTTP_STATUS` – neither 200 nor a SOAP fault: `status`, `reason` (reason phrase), and where sent
 *   `diagnostics` (x-ms-diagnostics), `wwwAuthenticate`, `location`, `errorCode` (x-hybridge-error), `via`, `answerId`
 *   (request-id)
 * - `EWS_CLIENT_TOO_LARGE` – the answer passed the limit: `maximumBytes`
 * - `EWS_CLIENT_NOT_XML` – 200, but no SOAP envelope: `contentType`, `beginning` (of the body), `via`, `answerId`
 * - `EWS_CLIENT_FAULT` – a SOAP fault: `status`, `responseCode`, `text` and where sent `lineNumber`, `linePosition`,
 *   `violation`, `via`, `answerId`
 * - `EWS_CLIENT_UNEXPECTED_ANSWER` – SOAP, but not this operation's answer: `element`, `via`, `answerId`
 */
export type EwsClientErrorCode =
  | 'EWS_CLIENT_AUTHORIZATION'
  | 'EWS_CLIENT_CONNECT'
  | 'EWS_CLIENT_CONNECTION_LOST'
  | 'EWS_CLIENT_TIMEOUT'
  | 'EWS_CLIENT_ABORTED'
  | 'EWS_CLIENT_HTTP_STATUS'
  | 'EWS_CLIENT_TOO_LARGE'
  | 'EWS_CLIENT_NOT_XML'
  | 'EWS_CLIENT_FAULT'
  | 'EWS_CLIENT_UNEXPECTED_ANSWER';

/** Messages name neither hosts nor what the other side said: that is in `facts`. */
export class EwsClientError extends HybridgeError<EwsClientErrorCode> {
  override readonly name = 'EwsClientError';
}
