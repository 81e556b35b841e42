import type { LinkSession } from '../http2/link-session.ts';

/** Bytes a second that a link shall reach whatever the distance. */
const bytesPerSecond = 320 * 1024 * 1024;
const mebibyte = 1024 * 1024;
/** Between neighbours: more would wait in buffers, and small messages behind it. */
const near = mebibyte;
const largest = 16 * mebibyte;
const smallest = 64 * 1024;
/** Bytes that all streams of a link together may hold in this process: what readers that stall can cost. */
const budget = 256 * mebibyte;

/** Bytes that a stream, and all streams of a link, may have in flight before the link is known. */
export const firstWindow = 4 * mebibyte;
export const firstLinkWindow = largest;

/** Bytes that all streams of a link together may have in flight so that a round trip does not slow them down: 1 MiB near by, 16 MiB from 50 ms on. */
export function linkWindowFor(roundTripMs: number): number {
  return Math.max(near, Math.min(largest, Math.ceil(((roundTripMs / 1000) * bytesPerSecond) / mebibyte) * mebibyte));
}

/** The same for one stream: the whole link may be its own; less where many streams share the link's memory. */
export function windowFor(roundTripMs: number, streams: number): number {
  const affordable = 2 ** Math.floor(Math.log2(budget / Math.max(1, streams)));
  return Math.max(smallest, Math.min(linkWindowFor(roundTripMs), affordable));
}

/** Pings before the windows change. */
const cautiousPings = 3;

export interface WindowFitter {
  answered(roundTripMs: number): void;
  /** The number of streams has changed much. */
  crowded(): void;
}

/**
 * Fits the windows of a link to its round trip: with a window of 4 MiB no stream gets beyond 80 MB/s over 50 ms, and what
 * a window between neighbours has beyond their need lies in the kernel's buffers, where nothing can overtake it. Both
 * ends do this for what they receive. The quickest ping since the link came up counts: the others have waited for a
 * busy process or behind data.
 */
export function createWindowFitter(session: Pick<LinkSession, 'activeStreams' | 'setWindows'>): WindowFitter {
  let quickest = Infinity;
  let pings = 0;
  const fit = (): void => {
    const known = pings >= cautiousPings;
    // Twice as many: only when there are, this side is told of a crowd again.
    const streams = 2 * session.activeStreams;
    if (known) session.setWindows(windowFor(quickest, streams), linkWindowFor(quickest));
    else session.setWindows(Math.min(firstWindow, windowFor(Infinity, streams)), firstLinkWindow);
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
