import type { Http2Session } from 'node:http2';
import { createWindowFitter } from './fit-windows.ts';

export interface LivenessOptions {
  /** Milliseconds between pings. Default 1,000. */
  intervalMs?: number;
  /** Intervals without one byte from the peer after which the link counts as dead. Default 4. */
  silentIntervals?: number;
  /** Bytes received so far on the connection beneath. */
  bytesReceived: () => number;
  /** Streams in work. Default: unknown, taken for few. */
  streams?: () => number;
  /** Called once, when the link is dead. */
  onDead: () => void;
}

/**
 * Pings the peer and watches that bytes keep coming, whatever they are: both ends ping, so a link that is busy in one
 * direction is never mistaken for a dead one. Intervals are counted, not measured, so that a process that was itself
 * stopped for a while does not blame its peer. What a ping takes also tells how wide the link's windows must be. Ends
 * with the session; the returned function ends it earlier.
 */
export function watchLiveness(session: Http2Session, options: LivenessOptions): () => void {
  const allowed = options.silentIntervals ?? 4;
  const fitWindows = createWindowFitter(session);
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
    if (session.closed || session.destroyed) return;
    session.ping((error: Error | null, roundTripMs) => {
      if (error === null) fitWindows(roundTripMs, options.streams?.() ?? 1);
    });
  }, options.intervalMs ?? 1000);
  const stop = (): void => clearInterval(timer);
  session.once('close', stop);
  return stop;
}
