import type { Duplex } from 'node:stream';

const gathering: Duplex[] = [];

/**
 * Call before writing to a socket of a client or target: what one turn of the event loop brings for it then leaves in
 * one system call. Everything that has come is dealt with first, and written afterwards: whoever a write wakes would
 * otherwise take the processor from work half done.
 */
export function gatherWrites(socket: Duplex): void {
  if (socket.writableCorked > 0) return;
  socket.cork();
  if (gathering.push(socket) === 1) setImmediate(release);
}

function release(): void {
  for (const socket of gathering.splice(0)) socket.uncork();
}
