import type { Duplex } from 'node:stream';

/** A piece of this size is probably not the last: TLS hands out what it decrypts in pieces of 16 KiB. */
const worthGathering = 8 * 1024;

/**
 * Call before writing pieces of a transfer: what is written to a socket in one turn of the event loop then leaves in one
 * system call instead of one each. Small messages leave at once.
 */
export function gatherWrites(socket: Duplex, bytes: Buffer): void {
  if (bytes.length < worthGathering || socket.writableCorked > 0) return;
  socket.cork();
  setImmediate(release, socket);
}

function release(socket: Duplex): void {
  socket.uncork();
}
