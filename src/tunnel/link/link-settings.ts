/** The TLS application protocol of a link. It shares the public port with HTTPS clients, so that 443 suffices. */
export const linkProtocol = 'hybridge-link/1';

/** Request paths on a link, opened by the relay. */
export const controlPath = '/hybridge/control';

/** On a CONNECT stream: pass the TLS connection through that was opened for this name, instead of forwarding requests. */
export const serverNameHeader = 'hybridge-server-name';

/** CONNECT streams of one link, that is client connections in work. */
export const maximumStreamsPerLink = 4096;
