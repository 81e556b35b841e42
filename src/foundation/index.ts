/**
 * What every room stands on: the base error, the clock, logs, dialling, listeners and the small HTTP server and client
 * pieces that all parties share. It knows nothing of Exchange, tokens or tunnels, and stays small: what only two rooms
 * need does not belong here.
 */
export { HybridgeError, errorCode, errorText } from './hybridge-error.ts';
export type { ErrorFacts, HybridgeErrorOptions } from './hybridge-error.ts';
export { systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { createBoundedCache } from './bounded-cache.ts';
export type { BoundedCache } from './bounded-cache.ts';
export { createRequestId, isRequestId, requestIdHeader, requestIdOf } from './request-id.ts';
export { createLog, logFile, silentLog } from './log.ts';
export type { Log, LogOptions } from './log.ts';
export { makeFolder } from './make-folder.ts';
export { noAccessLog, openAccessLog } from './access-log.ts';
export type { AccessLog, AccessLogEntry } from './access-log.ts';
export { createDial, dialTls, systemDial } from './dial.ts';
export type { Dial, DialErrorCode, DialTlsOptions } from './dial.ts';
export { listen } from './listener.ts';
export type { Listener, ListenerErrorCode, ListenOptions } from './listener.ts';
export { createRouter, readBody, readJson, requestPath, requestQuery, sendJson } from './http-server.ts';
export type { HttpHandler, HttpRoute, HttpServerErrorCode, Router } from './http-server.ts';
export { createHttpClient } from './http-client.ts';
export type { HttpClientOptions } from './http-client.ts';
export { createAdminHandler, startAdminListener } from './admin-listener.ts';
export type { AdminListenerOptions } from './admin-listener.ts';
