import { constants } from 'node:http2';
import type { Http2Stream } from 'node:http2';

/**
 * Resets a stream, in a turn of its own. From within an event of the session, on a stream whose writable side has ended
 * already, the runtime puts the reset on a list that it then walks for ever: the whole process stands still.
 */
export function resetStream(stream: Http2Stream, code: number): void {
  setImmediate(() => {
    if (!stream.destroyed && !stream.closed) stream.close(code);
  });
}

/** Ends a stream in good order for both sides, whether or not the peer has said all it had to say (RFC 9113 §8.1). */
export function endStream(stream: Http2Stream): void {
  if (stream.destroyed || stream.closed) return;
  if (!stream.writableEnded) stream.end();
  // What still comes is thrown away: a stream with unread bytes would never be let go.
  stream.resume();
  if (stream.writableFinished) resetStream(stream, constants.NGHTTP2_NO_ERROR);
  else stream.once('finish', () => resetStream(stream, constants.NGHTTP2_NO_ERROR));
}
