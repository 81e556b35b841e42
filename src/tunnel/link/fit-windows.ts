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

/** Pings of which the quickest counts: the others have waited behind data. */
const remembered = 8;

/**
 * Fits the windows of a link to its round trip, ping by ping. With a window of 4 MiB no stream gets beyond 80 MB/s over
 * 50 ms. Both ends do this for what they receive.
 */
export function createWindowFitter(session: Http2Session): (roundTripMs: number, streams: number) => void {
  const roundTrips: number[] = [];
  let present = step;
  return (roundTripMs, streams) => {
    roundTrips.push(roundTripMs);
    if (roundTrips.length > remembered) roundTrips.shift();
    const window = windowFor(Math.min(...roundTrips), streams);
    if (window === present || session.destroyed || session.closed) return;
    present = window;
    session.settings({ initialWindowSize: window });
    (session as Http2Session & { setLocalWindowSize(size: number): void }).setLocalWindowSize(4 * window);
  };
}
