import type { Http2Session } from 'node:http2';

export interface LivenessOptions {
  /** Milliseconds between pings. Default 1,000. */
  intervalMs?: number;
  /** Intervals without one byte from the peer after which the link counts as dead. Default 4. */
  silentIntervals?: number;
  /** Bytes received so far on the connection beneath. */
  bytesReceived: () => number;
  /** Called once, when the link is dead. */
  onDead: () => void;
}

/**
 * Pings the peer and watches that bytes keep coming, whatever they are: both ends ping, so a link that is busy in one
 * direction is never mistaken for a dead one. Intervals are counted, not measured, so that a process that was itself
 * stopped for a while does not blame its peer. Ends with the session; the returned function ends it earlier.
 */
export function watchLiveness(session: Http2Session, options: LivenessOptions): () => void {
  const allowed = options.silentIntervals ?? 4;
  let silent = 0;
  let seen = options.bytesReceived();
  const timer = setInterval(() => {
    const received = options.bytesReceived();
    silent = received === seen ? silent + 1 : 0;
    seen = received;
    if (silent >= allowed) {
      clearInterval(timer);
      options.onDead();
      return;
    }
    if (!session.closed && !session.destroyed) session.ping(() => undefined);
  }, options.intervalMs ?? 1000);
  const stop = (): void => clearInterval(timer);
  session.once('close', stop);
  return stop;
}
