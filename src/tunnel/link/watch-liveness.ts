import type { LinkSession } from '../http2/link-session.ts';

export interface LivenessOptions {
  /** Milliseconds between pings. Default 1,000. */
  intervalMs?: number;
  /** Intervals without one byte from the peer after which the link counts as dead. Default 4. */
  silentIntervals?: number;
  /** Bytes received so far on the connection beneath. */
  bytesReceived: () => number;
  /** How long a ping took, milliseconds. */
  onAnswer: (roundTripMs: number) => void;
  /** Called once, when the link is dead. */
  onDead: () => void;
}

/**
 * Pings the peer and watches that bytes keep coming, whatever they are: both ends ping, so a link that is busy in one
 * direction is never mistaken for a dead one. Intervals are counted, not measured, so that a process that was itself
 * stopped for a while does not blame its peer. The returned function ends it.
 */
export function watchLiveness(session: LinkSession, options: LivenessOptions): () => void {
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
    session.ping(options.onAnswer);
  }, options.intervalMs ?? 1000);
  return () => clearInterval(timer);
}
