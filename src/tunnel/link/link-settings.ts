import type { Http2Session, ServerOptions, ClientSessionOptions } from 'node:http2';

/** The TLS application protocol of a link. It shares the public port with HTTPS clients, so that 443 suffices. */
export const linkProtocol = 'hybridge-link/1';

/** Request paths on a link, opened by the relay. */
export const controlPath = '/hybridge/control';

/** On a CONNECT stream: pass the TLS connection through that was opened for this name, instead of forwarding requests. */
export const serverNameHeader = 'hybridge-server-name';

/** CONNECT streams of one link, that is client connections in work. */
export const maximumStreamsPerLink = 4096;

/** Bytes that each stream may have in flight. Node's 64 KiB would cap a transfer at 1 MB/s over 50 ms. */
const streamWindow = 4 * 1024 * 1024;
/** Bytes that a link may have in flight: several streams at full speed. */
const linkWindow = 4 * streamWindow;

const settings = { initialWindowSize: streamWindow, maxConcurrentStreams: maximumStreamsPerLink, enablePush: false, enableConnectProtocol: false };

/** For the relay, which is the HTTP/2 client of the link. */
export const linkClientOptions: ClientSessionOptions = { settings, maxSessionMemory: 1024, peerMaxConcurrentStreams: maximumStreamsPerLink };

/**
 * For the agent, which is the HTTP/2 server. nghttp2's guard against streams that are opened and reset would end the
 * whole link (GOAWAY) after about a thousand aborted client connections; it takes both options to lift it. The relay
 * limits new connections per client address instead.
 */
export const linkServerOptions: ServerOptions & { streamResetBurst: number; streamResetRate: number } = {
  settings,
  maxSessionMemory: 1024,
  streamResetBurst: 1e9,
  streamResetRate: 1e9,
  unknownProtocolTimeout: 0,
};

/** Widens the window of the whole link; call it once the session is connected. */
export function widenLink(session: Http2Session): void {
  if (!session.destroyed) (session as Http2Session & { setLocalWindowSize(size: number): void }).setLocalWindowSize(linkWindow);
}
