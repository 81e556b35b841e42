import type { Socket } from 'node:net';
import { countHolders, releaseBytes } from '../http2/chunk-memory.ts';
import type { LinkStream } from '../http2/link-stream.ts';
import { errorCodes } from '../http2/protocol.ts';
import { writeGathered } from './write-gathered.ts';

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
export function splice(stream: LinkStream, socket: Socket, onEnd: (end: SpliceEnd) => void): void {
  socket.allowHalfOpen = true;
  socket.setNoDelay(true);
  let socketEnded = false;
  const inGoodOrder = (): boolean => stream.peerEnded && socketEnded;
  const tell = (): void => onEnd({ bytesFromSocket: socket.bytesRead, bytesToSocket: socket.bytesWritten, inGoodOrder: inGoodOrder() });
  socket.on('error', () => undefined);
  if (socket.destroyed) {
    stream.onClose = () => undefined;
    stream.reset(errorCodes.connectError);
    return tell();
  }
  stream.onClose = (code) => {
    if (!inGoodOrder() || code !== errorCodes.noError) socket.resetAndDestroy();
  };
  socket.once('close', () => {
    if (!inGoodOrder()) stream.reset(errorCodes.connectError);
    tell();
  });
  stream.onData = (bytes) => {
    if (!writeGathered(socket, bytes)) stream.pause();
    releaseBytes(bytes);
  };
  stream.onEnd = () => void socket.end();
  stream.onDrain = () => void socket.resume();
  socket.on('drain', () => stream.resume());
  socket.once('end', () => {
    socketEnded = true;
    stream.end();
  });
  socket.on('data', (chunk: Buffer) => {
    countHolders(chunk);
    if (!stream.write(chunk)) socket.pause();
    releaseBytes(chunk);
  });
  stream.resume();
}
