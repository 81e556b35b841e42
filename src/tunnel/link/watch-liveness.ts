import type { LinkSession } from '../http2/link-session.ts';

export interface LivenessOptions {
  /** Milliseconds between two looks. Default 1,000. */
  intervalMs?: number;
  /** Looks without one byte from the peer after which the link counts as dead. Default 4. */
  silentIntervals?: number;
  /** Bytes received so far on the connection beneath. */
  bytesReceived: () => number;
  /** How long a ping took, milliseconds. */
  onAnswer: (roundTripMs: number) => void;
  /** Called once, when the link is dead. */
  onDead: () => void;
}

/** Pings at the very beginning, while nothing else is under way: the distance shows best then. */
const firstPings = 3;
/** Looks after which a ping measures the distance again, however much comes from the peer. */
const measuringLooks = 30;

/**
 * Watches that bytes keep coming, whatever they are, and asks a peer that is quiet for a sign of life. Both ends do: the
 * question of one is the sign that the other waits for, so that a resting link carries two pings in three intervals.
 * Intervals are counted, not measured, so that a process that was itself stopped for a while does not blame its peer.
 * The returned function ends it.
 */
export function watchLiveness(session: Pick<LinkSession, 'ping'>, options: LivenessOptions): () => void {
  const allowed = options.silentIntervals ?? 4;
  let silent = 0;
  let looks = 0;
  let seen = options.bytesReceived();
  const timer = setInterval(() => {
    const received = options.bytesReceived();
    silent = received === seen ? silent + 1 : 0;
    seen = received;
    looks += 1;
    if (silent >= allowed) {
      clearInterval(timer);
      options.onDead();
    } else if (silent > 0 || looks % measuringLooks === 0) session.ping(options.onAnswer);
  }, options.intervalMs ?? 1000);
  for (let count = 0; count < firstPings; count += 1) session.ping(options.onAnswer);
  return () => clearInterval(timer);
}
