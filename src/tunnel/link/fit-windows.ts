import type { Http2Session } from 'node:http2';

/** Bytes a second that one stream shall reach whatever the distance. */
const bytesPerSecond = 320 * 1024 * 1024;
const step = 4 * 1024 * 1024;
const largest = 16 * 1024 * 1024;
/** Bytes that all streams of a link together may have in flight before windows stop growing: what readers that stall can cost. */
const budget = 512 * 1024 * 1024;

/** Bytes that a stream may have in flight so that a round trip does not slow it down: 4 MiB near by, 16 MiB from 50 ms on. */
export function windowFor(roundTripMs: number, streams: number): number {
  const wanted = Math.ceil(((roundTripMs / 1000) * bytesPerSecond) / step) * step;
  const affordable = Math.floor(budget / Math.max(1, streams) / step) * step;
  return Math.max(step, Math.min(wanted, affordable, largest));
}

/** Pings before the first change. */
const cautiousPings = 3;

/**
 * Fits the windows of a link to its round trip. With a window of 4 MiB no stream gets beyond 80 MB/s over 50 ms. Both ends
 * do this for what they receive. The quickest ping since the link came up counts: the others have waited for a busy
 * process or behind data, and wide windows between neighbours only fill memory.
 */
export function createWindowFitter(session: Http2Session): (roundTripMs: number, streams: number) => void {
  let quickest = Infinity;
  let pings = 0;
  let present = step;
  return (roundTripMs, streams) => {
    quickest = Math.min(quickest, roundTripMs);
    pings += 1;
    const window = windowFor(quickest, streams);
    if (pings < cautiousPings || window === present || session.destroyed || session.closed) return;
    present = window;
    session.settings({ initialWindowSize: window });
    (session as Http2Session & { setLocalWindowSize(size: number): void }).setLocalWindowSize(4 * window);
  };
}
