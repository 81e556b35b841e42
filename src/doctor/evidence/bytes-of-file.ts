import { open } from 'node:fs/promises';

/** What is read at once. Texts that are made of it stay among V8's young objects, which cost least to throw away. */
const chunkBytes = 65_536;

/**
 * The bytes of a file, in order. Each chunk is filled again with the next one, so that memory does not grow with the file:
 * who keeps a chunk copies it.
 */
export async function* bytesOfFile(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
