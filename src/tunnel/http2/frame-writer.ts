import { flags, frameHeaderLength, frameTypes } from './protocol.ts';

/** Writes a frame's head into `into` at `at` (RFC 9113 §4.1). */
export function writeFrameHead(into: Buffer, at: number, length: number, type: number, frameFlags: number, streamId: number): void {
  into[at] = length >>> 16;
  into[at + 1] = length >>> 8;
  into[at + 2] = length;
  into[at + 3] = type;
  into[at + 4] = frameFlags;
  into[at + 5] = streamId >>> 24;
  into[at + 6] = streamId >>> 16;
  into[at + 7] = streamId >>> 8;
  into[at + 8] = streamId;
}

function frame(type: number, frameFlags: number, streamId: number, payloadLength: number): Buffer {
  const bytes = Buffer.allocUnsafe(frameHeaderLength + payloadLength);
  writeFrameHead(bytes, 0, payloadLength, type, frameFlags, streamId);
  return bytes;
}

/** A header block, in as many frames as the peer's limit asks for. */
export function headersFrames(streamId: number, block: Buffer, end: boolean, maximumFrameSize: number): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < block.length; at += maximumFrameSize) {
    const part = block.subarray(at, at + maximumFrameSize);
    const last = at + part.length === block.length ? flags.endHeaders : 0;
    const bytes = at === 0 ? frame(frameTypes.headers, last | (end ? flags.endStream : 0), streamId, part.length) : frame(frameTypes.continuation, last, streamId, part.length);
    part.copy(bytes, frameHeaderLength);
    frames.push(bytes);
  }
  return frames;
}

export function settingsFrame(settings: readonly (readonly [name: number, value: number])[]): Buffer {
  const bytes = frame(frameTypes.settings, 0, 0, settings.length * 6);
  let at = frameHeaderLength;
  for (const [name, value] of settings) {
    at = bytes.writeUInt16BE(name, at);
    at = bytes.writeUInt32BE(value, at);
  }
  return bytes;
}

export function settingsAckFrame(): Buffer {
  return frame(frameTypes.settings, flags.ack, 0, 0);
}

export function resetFrame(streamId: number, code: number): Buffer {
  const bytes = frame(frameTypes.rstStream, 0, streamId, 4);
  bytes.writeUInt32BE(code, frameHeaderLength);
  return bytes;
}

export function windowUpdateFrame(streamId: number, increment: number): Buffer {
  const bytes = frame(frameTypes.windowUpdate, 0, streamId, 4);
  bytes.writeUInt32BE(increment, frameHeaderLength);
  return bytes;
}

/** @param payload eight bytes */
export function pingFrame(payload: Buffer, ack: boolean): Buffer {
  const bytes = frame(frameTypes.ping, ack ? flags.ack : 0, 0, 8);
  payload.copy(bytes, frameHeaderLength, 0, 8);
  return bytes;
}

export function goawayFrame(lastStreamId: number, code: number, reason: string): Buffer {
  const text = Buffer.from(reason, 'latin1');
  const bytes = frame(frameTypes.goaway, 0, 0, 8 + text.length);
  bytes.writeUInt32BE(lastStreamId, frameHeaderLength);
  bytes.writeUInt32BE(code, frameHeaderLength + 4);
  text.copy(bytes, frameHeaderLength + 8);
  return bytes;
}
