import type { LinkSession } from '../http2/link-session.ts';

/** Bytes a second that one stream shall reach whatever the distance. */
const bytesPerSecond = 320 * 1024 * 1024;
const near = 4 * 1024 * 1024;
const largest = 16 * 1024 * 1024;
const smallest = 64 * 1024;
/** Bytes that all streams of a link together may hold in this process: what readers that stall can cost. */
const budget = 256 * 1024 * 1024;

/** Bytes that every stream may have in flight before its link is known better. */
export const firstWindow = near;

/** Bytes that all streams of a link together may have in flight: several at full speed. */
export function linkWindowFor(window: number): number {
  return 4 * Math.max(window, near);
}

/**
 * Bytes that a stream may have in flight so that a round trip does not slow it down: 4 MiB near by, 16 MiB from 50 ms
 * on; less where many streams share the link's memory.
 */
export function windowFor(roundTripMs: number, streams: number): number {
  const wanted = Math.max(near, Math.min(largest, Math.ceil(((roundTripMs / 1000) * bytesPerSecond) / near) * near));
  const affordable = 2 ** Math.floor(Math.log2(budget / Math.max(1, streams)));
  return Math.max(smallest, Math.min(wanted, affordable));
}

/** Pings before the first widening. */
const cautiousPings = 3;

export interface WindowFitter {
  answered(roundTripMs: number): void;
  /** The number of streams has changed much. */
  crowded(): void;
}

/**
 * Fits the windows of a link to its round trip. With a window of 4 MiB no stream gets beyond 80 MB/s over 50 ms. Both ends
 * do this for what they receive. The quickest ping since the link came up counts: the others have waited for a busy
 * process or behind data, and wide windows between neighbours only fill memory.
 */
export function createWindowFitter(session: Pick<LinkSession, 'activeStreams' | 'setWindows'>): WindowFitter {
  let quickest = Infinity;
  let pings = 0;
  const fit = (): void => {
    // Twice as many: only when there are, this side is told of a crowd again.
    const window = windowFor(pings < cautiousPings ? 0 : quickest, 2 * session.activeStreams);
    session.setWindows(window, linkWindowFor(window));
  };
  return {
    answered(roundTripMs) {
      quickest = Math.min(quickest, roundTripMs);
      pings += 1;
      fit();
    },
    crowded: fit,
  };
}
