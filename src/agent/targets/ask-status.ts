import type { TLSSocket } from 'node:tls';
import { HybridgeError } from '../../foundation/index.ts';
import { createHeadReader, createResponseHeadParser } from '../../tunnel/index.ts';

/** Sends a GET over a fresh connection and returns the status of the answer. Destroys the connection on failure. */
export function askStatus(socket: TLSSocket, host: string, path: string, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const heads = createHeadReader();
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const timer = setTimeout(() => fail(new HybridgeError('DIAL_TIMEOUT', 'The target did not answer its health check in time.')), timeoutMs);
    socket.on('data', (chunk: Buffer) => {
      try {
        const read = heads.read(chunk, 0);
        if (read === undefined) return;
        clearTimeout(timer);
        resolve(createResponseHeadParser()(read.bytes).status);
      } catch (error) {
        fail(error);
      }
    });
    socket.once('error', fail);
    socket.once('close', () => fail(Object.assign(new Error('The target hung up.'), { code: 'ECONNRESET' })));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: hybridge-agent\r\nConnection: close\r\n\r\n`);
  });
}
