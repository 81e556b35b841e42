import type { Duplex } from 'node:stream';
import { writeHeld } from '../http2/chunk-memory.ts';

/** Bytes that may wait in a socket before whoever writes should pause. More than a turn brings: pausing for each costs more than what waits. */
const behindBytes = 256 * 1024;

const gathering: Duplex[] = [];

/**
 * Writes to a socket of a client or target: what one turn of the event loop brings for it leaves in one system call.
 * Everything that has come is dealt with first, and written afterwards: whoever a write wakes would otherwise take the
 * processor from work half done.
 *
 * @returns false when the reader is far behind; `drain` follows
 */
export function writeGathered(socket: Duplex, bytes: Buffer): boolean {
  if (socket.writableCorked === 0) {
    socket.cork();
    if (gathering.push(socket) === 1) setImmediate(release);
  }
  return writeHeld(socket, bytes) || socket.writableLength < behindBytes;
}

function release(): void {
  for (const socket of gathering.splice(0)) socket.uncork();
}
