import { constants } from 'node:http2';
import type { Http2Stream } from 'node:http2';
import type { Socket } from 'node:net';

export interface SpliceEnd {
  /** From the socket into the stream. */
  bytesFromSocket: number;
  bytesToSocket: number;
  /** Both directions were ended by those who spoke. */
  inGoodOrder: boolean;
}

/**
 * Joins a stream of a link with a socket, both ways, unread. An end in one direction passes on and leaves the other
 * open; a reset passes on as a reset, so that nobody takes half a conversation for a whole one.
 */
export function splice(stream: Http2Stream, socket: Socket, onEnd: (end: SpliceEnd) => void): void {
  socket.allowHalfOpen = true;
  socket.setNoDelay(true);
  const ended = { stream: false, socket: false };
  stream.once('end', () => (ended.stream = true));
  socket.once('end', () => (ended.socket = true));
  const inGoodOrder = (): boolean => ended.stream && ended.socket;
  stream.on('error', () => undefined);
  socket.on('error', () => undefined);
  stream.once('close', () => {
    if (!inGoodOrder() || stream.rstCode !== constants.NGHTTP2_NO_ERROR) socket.resetAndDestroy();
  });
  socket.once('close', () => {
    // Not `close`, which would send an orderly end ahead of the reset.
    if (!stream.destroyed && !inGoodOrder()) stream.destroy(new Error('The socket was reset.'));
    onEnd({ bytesFromSocket: socket.bytesRead, bytesToSocket: socket.bytesWritten, inGoodOrder: inGoodOrder() });
  });
  if (socket.destroyed) return void stream.destroy(new Error('The socket was reset.'));
  stream.pipe(socket);
  socket.pipe(stream);
}
