import { Duplex } from 'node:stream';
import { LinkSession } from './link-session.ts';
import type { LinkSessionOptions } from './link-session.ts';
import { connectionPreface, flags, frameTypes } from './protocol.ts';

/** A frame as its bytes on the line; `length` may lie. */
export function wireFrame(type: number, frameFlags: number, streamId: number, payload: Buffer | readonly number[] = [], length?: number): Buffer {
  const content = Buffer.from(payload);
  const head = Buffer.alloc(9);
  head.writeUIntBE(length ?? content.length, 0, 3);
  head[3] = type;
  head[4] = frameFlags;
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, content]);
}

/** `:method: CONNECT` as a literal, `:authority: app`; nothing of it from a dynamic table. */
export const connectBlock: Buffer = Buffer.concat([Buffer.from([0x02, 7]), Buffer.from('CONNECT'), Buffer.from([0x01, 3]), Buffer.from('app')]);
/** `:status: 200`. */
export const acceptedBlock: Buffer = Buffer.from([0x88]);

export const settings = (entries: readonly (readonly [name: number, value: number])[] = []): Buffer =>
  wireFrame(frameTypes.settings, 0, 0, Buffer.concat(entries.map(([name, value]) => Buffer.from([name >> 8, name & 0xff, value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]))));
export const openStream = (id: number, frameFlags: number = flags.endHeaders): Buffer => wireFrame(frameTypes.headers, frameFlags, id, connectBlock);
export const data = (id: number, payload: Buffer | readonly number[], frameFlags = 0): Buffer => wireFrame(frameTypes.data, frameFlags, id, payload);
export const uint32 = (value: number): Buffer => Buffer.from([value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
export const clientGreeting: Buffer = Buffer.concat([connectionPreface, settings()]);

export interface Answer {
  type: number;
  flags: number;
  streamId: number;
  payload: Buffer;
}

/** A session with a peer that says what a test makes it say, and need not listen. */
export interface ScriptedPeer {
  session: LinkSession;
  /** Sends bytes and lets the session deal with them. */
  say(bytes: Buffer): Promise<void>;
  /** Everything that the session has said so far. */
  answers(): Answer[];
  /** Resolves when the session is over, with what was wrong. */
  closed: Promise<Error | undefined>;
}

export function scriptPeer(role: 'client' | 'server', options: Partial<LinkSessionOptions> & { deaf?: boolean } = {}): ScriptedPeer {
  const written: Buffer[] = [];
  const socket = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, callback) {
      written.push(Buffer.from(chunk));
      if (options.deaf !== true) callback();
    },
  });
  const closed = Promise.withResolvers<Error | undefined>();
  const session = new LinkSession(socket, { role, maximumStreams: 100, streamWindow: 64 * 1024, linkWindow: 256 * 1024, onClose: closed.resolve, ...options });
  return {
    session,
    closed: closed.promise,
    async say(bytes) {
      socket.push(bytes);
      // One turn to read, one to write what came of it.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    },
    answers: () => readAnswers(Buffer.concat(written), role === 'client' ? connectionPreface.length : 0),
  };
}

function readAnswers(bytes: Buffer, start: number): Answer[] {
  const answers: Answer[] = [];
  for (let at = start; at + 9 <= bytes.length; ) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    answers.push({ type: bytes[at + 3] ?? -1, flags: bytes[at + 4] ?? 0, streamId: bytes.readUInt32BE(at + 5), payload: bytes.subarray(at + 9, end) });
    at = end;
  }
  return answers;
}

/** The code with which the session ended the connection, if it did. */
export function goawayCode(answers: readonly Answer[]): number | undefined {
  return answers.find((answer) => answer.type === frameTypes.goaway)?.payload.readUInt32BE(4);
}

/** The codes with which the session reset streams, by stream. */
export function resetCodes(answers: readonly Answer[]): Record<number, number> {
  return Object.fromEntries(answers.filter((answer) => answer.type === frameTypes.rstStream).map((answer) => [answer.streamId, answer.payload.readUInt32BE(0)]));
}
