import { Duplex } from 'node:stream';

export interface VirtualConnectionHooks {
  /** Bytes for the client; call `done` when more may come. */
  onBytes: (bytes: Buffer, done: () => void) => void;
  /** The connection takes bytes of the client again after `send` returned false. */
  onReady: () => void;
  /** The connection is over: in good order, every byte having been delivered, or cut off. */
  onClosed: (inGoodOrder: boolean) => void;
}

/** A client connection without a socket: what serves HTTP/1.1 connections cannot tell the difference. */
export interface VirtualConnection {
  /** The end to be served. */
  readonly socket: Duplex;
  /** Gives bytes of the client to whoever serves; false when it should wait for `onReady`. */
  send(bytes: Buffer): boolean;
  destroy(): void;
}

export function createVirtualConnection(hooks: VirtualConnectionHooks): VirtualConnection {
  let full = false;
  let finished = false;
  const socket = new Duplex({
    allowHalfOpen: false,
    read() {
      if (!full) return;
      full = false;
      hooks.onReady();
    },
    write(chunk: Buffer, _, done) {
      hooks.onBytes(chunk, done);
    },
    final(done) {
      finished = true;
      done();
      // Whoever ended the connection waits for the client to hang up.
      queueMicrotask(() => socket.destroy());
    },
    destroy(error, done) {
      done(error);
      hooks.onClosed(finished && error === null);
    },
  });
  return {
    socket,
    send(bytes) {
      if (socket.destroyed) return true;
      full = !socket.push(bytes);
      return !full;
    },
    destroy: () => void socket.destroy(),
  };
}
