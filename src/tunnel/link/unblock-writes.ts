import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/**
 * The connection beneath a link, as a stream that takes every write at once.
 *
 * The runtime's HTTP/2 session reads nothing while one of its writes has not left. When both ends have much to send (a
 * large upload beside a large download), each waits for the other to read, and the link stands still until it is given
 * up for dead. What is taken here and has not left yet is bounded all the same: by the flow-control window that the peer
 * grants the connection (RFC 9113 §6.9), and it grants no more until it has read.
 */
export function unblockWrites(socket: TLSSocket): Duplex {
  const stream = new Duplex({
    allowHalfOpen: true,
    read: () => void socket.resume(),
    write(chunk: Buffer, _encoding, callback) {
      socket.write(chunk);
      callback();
    },
    writev(chunks, callback) {
      socket.cork();
      for (const { chunk } of chunks) socket.write(chunk as Buffer);
      socket.uncork();
      callback();
    },
    final(callback) {
      socket.end(() => callback());
    },
    destroy(error, callback) {
      socket.destroy();
      callback(error);
    },
  });
  socket.pause();
  socket.on('data', (chunk: Buffer) => {
    if (!stream.push(chunk)) socket.pause();
  });
  socket.once('end', () => stream.push(null));
  socket.on('error', (error) => stream.destroy(error));
  // What came last is still on its way through this stream: the peer's parting words among it.
  socket.once('close', () => setImmediate(() => stream.destroy()));
  return stream;
}
