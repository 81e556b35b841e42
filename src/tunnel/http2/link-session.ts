import type { Duplex } from 'node:stream';
import { countHolders, releaseBytes } from './chunk-memory.ts';
import { FloodGuard } from './flood-guard.ts';
import { FrameReader } from './frame-reader.ts';
import type { FrameHandler } from './frame-reader.ts';
import { goawayFrame, headersFrames, pingFrame, resetFrame, settingsAckFrame, settingsFrame, windowUpdateFrame } from './frame-writer.ts';
import { decodeHeaders, encodeHeaders } from './hpack.ts';
import type { HeaderPair } from './hpack.ts';
import { LinkStream } from './link-stream.ts';
import type { StreamOwner } from './link-stream.ts';
import { OutputQueue } from './output-queue.ts';
import { connectionPreface, defaultFrameSize, defaultWindow, errorCodes, flags, frameTypes, largestWindow, ProtocolViolation, settingNames } from './protocol.ts';
import { readRequest, readStatus } from './request-headers.ts';

export interface LinkSessionOptions {
  /** The client opens streams, the server takes them. */
  role: 'client' | 'server';
  /** Streams that may be open at a time. */
  maximumStreams: number;
  /** Bytes that a stream may have in flight towards this side, and all of them together. */
  streamWindow: number;
  linkWindow: number;
  /** A stream of the peer; only for the server. */
  onStream?: (stream: LinkStream) => void;
  /** There are twice as many streams in work as before, 64 or more. */
  onCrowd?: () => void;
  /** The peer announces that it goes away. */
  onGoaway?: () => void;
  /** Once, when the connection is over and all streams are closed; with the reason where it is not in good order. */
  onClose: (error: Error | undefined) => void;
  /** Monotonic milliseconds. */
  now?: () => number;
}

/** Payload of a frame that this side takes: large, so that few heads lie between the bytes of a transfer. */
const receivedFrameSize = 64 * 1024;
/** Answers that may wait for a peer that makes this side speak and does not listen, bytes. */
const answerLimit = 256 * 1024;
/** The same for streams that are opened and reset. */
const openLimit = 1024 * 1024;
/** The same for everything. */
const controlLimit = 2 * 1024 * 1024;
/** Settings of one frame: there are seven. Each may go through all streams. */
const maximumSettings = 32;
/** Changes of the window that the peer has not acknowledged, and pings that it has not answered. */
const unanswered = 16;
/** From this many streams on, each doubling is told. */
const crowd = 64;
/** Milliseconds that the last words of a connection may take to leave. */
const farewellMs = 1000;
const nothing: ReadonlyMap<string, string> = new Map();

/**
 * One connection of HTTP/2 (RFC 9113), as far as a link needs it: both roles, no push, no priorities, no dynamic header
 * table. It always reads, whatever waits to be written, and what is read goes to its stream at once: two ends that both
 * have much to send never wait for each other. How much a stream may hold is bounded by its window alone.
 */
export class LinkSession implements StreamOwner, FrameHandler {
  readonly #socket: Duplex;
  readonly #options: LinkSessionOptions;
  readonly #output: OutputQueue;
  readonly #reader: FrameReader;
  readonly #guard: FloodGuard;
  readonly #streams = new Map<number, LinkStream>();
  readonly #pings: { sentAt: number; answered: (roundTripMs: number) => void }[] = [];
  #lastStreamId = 0;
  #nextStreamId = 1;
  /** GOAWAY was sent or received: nothing new begins. */
  #leaving = false;
  #over = false;
  #error: Error | undefined;
  #pingCount = 0;
  #firstHeaders = true;
  // What the peer allows.
  #peerWindow = defaultWindow;
  #peerFrameSize = defaultFrameSize;
  #peerStreams = Infinity;
  // What this side allows.
  #window: number;
  /** As the peer may still believe it to be: a smaller one holds only once it has been acknowledged. */
  #heldWindow: number;
  readonly #announced: number[] = [];
  #linkWindow: number;
  #linkReceiveWindow: number;

  constructor(socket: Duplex, options: LinkSessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#window = options.streamWindow;
    this.#heldWindow = options.streamWindow;
    this.#linkWindow = options.linkWindow;
    this.#linkReceiveWindow = options.linkWindow;
    this.#guard = new FloodGuard(options.now ?? (() => performance.now()));
    this.#output = new OutputQueue(socket);
    this.#reader = new FrameReader(this, { expectPreface: options.role === 'server', maximumFrameSize: receivedFrameSize, maximumHeaderBlock: 16 * 1024 });
    this.#greet();
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => (this.#error ??= error));
    socket.once('end', () => this.#end());
    socket.once('close', () => this.#end());
  }

  /** Streams in work. */
  get activeStreams(): number {
    return this.#streams.size;
  }

  /** True once nothing new can begin. */
  get closed(): boolean {
    return this.#leaving || this.#over;
  }

  /**
   * Opens a stream.
   *
   * @throws RangeError when the session is about to end or the peer takes no more streams
   */
  open(fields: readonly HeaderPair[]): LinkStream {
    if (this.closed || this.#streams.size >= this.#peerStreams || this.#nextStreamId > largestWindow || this.#output.controlBytes > openLimit) throw new RangeError('no stream can be opened');
    const stream = new LinkStream(this, this.#nextStreamId, nothing, this.#peerWindow, this.#heldWindow);
    this.#nextStreamId += 2;
    this.#add(stream);
    this.#sendHeaders(stream, fields);
    return stream;
  }

  /** Asks the peer for a sign of life. */
  ping(answered: (roundTripMs: number) => void): void {
    if (this.#over || this.#pings.length >= unanswered) return;
    const payload = Buffer.alloc(8);
    payload.writeUInt32BE(this.#pingCount >>> 0, 4);
    this.#pingCount += 1;
    this.#pings.push({ sentAt: performance.now(), answered });
    this.#output.control(pingFrame(payload, false));
  }

  /**
   * Changes how many bytes streams may have in flight towards this side, those that are open included, and how many all
   * of them together. What was granted is not taken back: a smaller window of the link comes about as bytes arrive.
   */
  setWindows(streamWindow: number, linkWindow: number): void {
    if (this.closed) return;
    if (streamWindow !== this.#window && this.#announced.length < unanswered) {
      this.#window = streamWindow;
      this.#announced.push(streamWindow);
      this.#output.control(settingsFrame([[settingNames.initialWindowSize, streamWindow]]));
      if (streamWindow > this.#heldWindow) this.#holdWindow(streamWindow);
      // With a smaller window, a sender may have to wait for what would not have been worth telling before.
      for (const stream of this.#streams.values()) this.consumed(stream, 0);
    }
    if (linkWindow === this.#linkWindow) return;
    this.#linkWindow = linkWindow;
    this.#acknowledgeLink();
  }

  /** Begins nothing new; the connection ends when the streams in work have. */
  close(): void {
    if (this.closed) return;
    this.#leaving = true;
    this.#output.control(goawayFrame(this.#lastStreamId, errorCodes.noError, ''));
    this.#endWhenIdle();
  }

  /** Ends the connection; streams end with `code`. What was queued as control, such as resets, still leaves. */
  destroy(code: number = errorCodes.cancel, error?: Error): void {
    if (this.#over) return;
    this.#error ??= error;
    this.#output.control(goawayFrame(this.#lastStreamId, code, code === errorCodes.cancel ? '' : (error?.message ?? '')));
    this.#end();
  }

  #greet(): void {
    const { role, maximumStreams, streamWindow, linkWindow } = this.#options;
    if (role === 'client') this.#output.control(connectionPreface);
    this.#announced.push(streamWindow);
    const roles = role === 'client' ? ([settingNames.enablePush, 0] as const) : ([settingNames.maxConcurrentStreams, maximumStreams] as const);
    this.#output.control(settingsFrame([[settingNames.headerTableSize, 0], roles, [settingNames.initialWindowSize, streamWindow], [settingNames.maxFrameSize, receivedFrameSize]]));
    if (linkWindow > defaultWindow) this.#output.control(windowUpdateFrame(0, linkWindow - defaultWindow));
  }

  #read(chunk: Buffer): void {
    if (this.#over) return;
    countHolders(chunk);
    try {
      this.#reader.read(chunk);
      releaseBytes(chunk);
      if (this.#output.controlBytes > controlLimit) throw new ProtocolViolation(errorCodes.enhanceYourCalm, 'too much waits for a peer that does not read');
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      this.destroy(error.code, error);
    }
  }

  // FrameHandler

  onData(streamId: number, bytes: Buffer, windowBytes: number, end: boolean): void {
    if (this.#over) return;
    this.#linkReceiveWindow -= windowBytes;
    if (this.#linkReceiveWindow < 0) throw new ProtocolViolation(errorCodes.flowControlError, 'more data than the window of the link allows');
    this.#acknowledgeLink();
    const stream = this.#streams.get(streamId);
    if (bytes.length === 0 && !end) this.#guard.note();
    if (stream === undefined) return this.#unknownStream(streamId);
    if (stream.endReceived) return this.#breach(stream, errorCodes.streamClosed);
    if (this.#options.role === 'client' && !stream.answered) return this.#breach(stream, errorCodes.protocolError);
    stream.receiveWindow -= windowBytes;
    if (stream.receiveWindow < 0) return this.#breach(stream, errorCodes.flowControlError);
    stream.receive(bytes, windowBytes, end);
  }

  onHeaders(streamId: number, block: Buffer, end: boolean): void {
    if (this.#over) return;
    const fields = decodeHeaders(block);
    const stream = this.#streams.get(streamId);
    if (stream !== undefined) return this.#furtherHeaders(stream, fields, end);
    if (this.#options.role === 'client' || streamId <= this.#lastStreamId) return this.#unknownStream(streamId);
    if (streamId % 2 === 0) throw new ProtocolViolation(errorCodes.protocolError, 'the client opens a stream of the server');
    this.#lastStreamId = streamId;
    const request = readRequest(fields);
    if (request === undefined) return this.#answer(resetFrame(streamId, errorCodes.protocolError));
    if (this.closed || this.#streams.size >= this.#options.maximumStreams) return this.#answer(resetFrame(streamId, errorCodes.refusedStream));
    const opened = new LinkStream(this, streamId, request, this.#peerWindow, this.#heldWindow);
    opened.pause();
    this.#add(opened);
    this.#options.onStream?.(opened);
    if (end) opened.receive(Buffer.alloc(0), 0, true);
  }

  onFrame(type: number, frameFlags: number, streamId: number, payload: Buffer): void {
    if (this.#over) return;
    switch (type) {
      case frameTypes.rstStream:
        return this.#onReset(streamId, payload);
      case frameTypes.windowUpdate:
        return this.#onWindowUpdate(streamId, payload);
      case frameTypes.settings:
        return this.#onSettings(frameFlags, payload);
      case frameTypes.ping:
        return this.#onPing(frameFlags, payload);
      case frameTypes.goaway:
        return this.#onGoaway(payload);
      case frameTypes.pushPromise:
        throw new ProtocolViolation(errorCodes.protocolError, 'nothing may be pushed');
      case frameTypes.priority:
        if (payload.length !== 5) throw new ProtocolViolation(errorCodes.frameSizeError, 'PRIORITY has another size');
        return this.#guard.note();
      default:
        // Extensions are ignored (RFC 9113 §5.5).
        this.#guard.note();
    }
  }

  /** The answer to a stream that was opened, or trailers, which say nothing here but that it ends. */
  #furtherHeaders(stream: LinkStream, fields: readonly HeaderPair[], end: boolean): void {
    if (stream.endReceived) return this.#breach(stream, errorCodes.streamClosed);
    if (this.#options.role === 'client' && !stream.answered) {
      const status = readStatus(fields);
      if (status === undefined || status === 101) return this.#breach(stream, errorCodes.protocolError);
      if (status < 200) return this.#guard.note();
      stream.answer(status);
    } else if (!end) return this.#breach(stream, errorCodes.protocolError);
    if (end) stream.receive(Buffer.alloc(0), 0, true);
  }

  #onReset(streamId: number, payload: Buffer): void {
    if (payload.length !== 4) throw new ProtocolViolation(errorCodes.frameSizeError, 'RST_STREAM has another size');
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return this.#unknownStream(streamId);
    stream.closeBy(payload.readUInt32BE(0));
  }

  #onWindowUpdate(streamId: number, payload: Buffer): void {
    if (payload.length !== 4) throw new ProtocolViolation(errorCodes.frameSizeError, 'WINDOW_UPDATE has another size');
    const increment = payload.readUInt32BE(0) & 0x7fffffff;
    if (increment < 1024) this.#guard.note();
    if (streamId === 0) {
      if (increment === 0 || this.#output.linkWindow + increment > largestWindow) throw new ProtocolViolation(increment === 0 ? errorCodes.protocolError : errorCodes.flowControlError, 'the window of the link grows by nothing, or too much');
      this.#output.widen(increment);
      return;
    }
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return this.#unknownStream(streamId);
    if (increment === 0) return this.#breach(stream, errorCodes.protocolError);
    if (stream.sendWindow + increment > largestWindow) return this.#breach(stream, errorCodes.flowControlError);
    stream.sendWindow += increment;
    if (stream.hasOutput && !stream.scheduled) this.#output.schedule(stream);
  }

  #onSettings(frameFlags: number, payload: Buffer): void {
    this.#guard.note();
    if ((frameFlags & flags.ack) !== 0) {
      if (payload.length !== 0) throw new ProtocolViolation(errorCodes.frameSizeError, 'an acknowledgement has content');
      const acknowledged = this.#announced.shift();
      if (acknowledged === undefined) throw new ProtocolViolation(errorCodes.protocolError, 'settings are acknowledged that were not sent');
      this.#holdWindow(Math.max(acknowledged, ...this.#announced));
      return;
    }
    if (payload.length % 6 !== 0) throw new ProtocolViolation(errorCodes.frameSizeError, 'SETTINGS has another size');
    if (payload.length > maximumSettings * 6) throw new ProtocolViolation(errorCodes.enhanceYourCalm, 'too many settings at once');
    for (let at = 0; at < payload.length; at += 6) this.#applySetting(payload.readUInt16BE(at), payload.readUInt32BE(at + 2));
    this.#answer(settingsAckFrame());
  }

  #answer(frame: Buffer): void {
    if (this.#output.controlBytes > answerLimit) throw new ProtocolViolation(errorCodes.enhanceYourCalm, 'too many answers wait for a peer that does not read');
    this.#output.control(frame);
  }

  #applySetting(name: number, value: number): void {
    switch (name) {
      case settingNames.enablePush:
        if (value > 1 || (value === 1 && this.#options.role === 'client')) throw new ProtocolViolation(errorCodes.protocolError, 'ENABLE_PUSH has no meaning');
        return;
      case settingNames.maxConcurrentStreams:
        this.#peerStreams = value;
        return;
      case settingNames.initialWindowSize: {
        if (value > largestWindow) throw new ProtocolViolation(errorCodes.flowControlError, 'a window is too large');
        const change = value - this.#peerWindow;
        this.#peerWindow = value;
        for (const stream of this.#streams.values()) {
          stream.sendWindow += change;
          if (stream.sendWindow > largestWindow) throw new ProtocolViolation(errorCodes.flowControlError, 'a window is too large');
          if (change > 0 && stream.hasOutput && !stream.scheduled) this.#output.schedule(stream);
        }
        return;
      }
      case settingNames.maxFrameSize:
        if (value < defaultFrameSize || value > 2 ** 24 - 1) throw new ProtocolViolation(errorCodes.protocolError, 'MAX_FRAME_SIZE is out of range');
        this.#peerFrameSize = value;
        this.#output.maximumFrameSize = value;
    }
  }

  #onPing(frameFlags: number, payload: Buffer): void {
    if (payload.length !== 8) throw new ProtocolViolation(errorCodes.frameSizeError, 'PING has another size');
    this.#guard.note();
    if ((frameFlags & flags.ack) === 0) return this.#answer(pingFrame(payload, true));
    const ping = this.#pings.shift();
    ping?.answered(performance.now() - ping.sentAt);
  }

  #onGoaway(payload: Buffer): void {
    if (payload.length < 8) throw new ProtocolViolation(errorCodes.frameSizeError, 'GOAWAY has another size');
    this.#guard.note();
    const last = payload.readUInt32BE(0) & 0x7fffffff;
    const code = payload.readUInt32BE(4);
    this.#leaving = true;
    if (code !== errorCodes.noError && code !== errorCodes.cancel) this.#error ??= new Error(`The peer ended the link (${code}${payload.length > 8 ? `: ${payload.toString('latin1', 8, 200)}` : ''}).`);
    // First: whoever had a stream here that was never begun must not be given this link again.
    this.#options.onGoaway?.();
    if (this.#options.role === 'client') for (const stream of this.#streams.values()) if (stream.id > last) stream.closeBy(errorCodes.refusedStream);
    this.#endWhenIdle();
  }

  /** Frames for streams that are over may still be on their way; those for streams that never were are an error. */
  #unknownStream(streamId: number): void {
    const known = this.#options.role === 'client' ? streamId < this.#nextStreamId && streamId % 2 === 1 : streamId <= this.#lastStreamId && streamId % 2 === 1;
    if (!known) throw new ProtocolViolation(errorCodes.protocolError, 'a frame belongs to a stream that was never opened');
  }

  /** The peer broke the rules of one stream. */
  #breach(stream: LinkStream, code: number): void {
    this.#guard.note();
    stream.reset(code);
  }

  // StreamOwner

  schedule(stream: LinkStream): void {
    this.#output.schedule(stream);
  }

  consumed(stream: LinkStream, count: number): void {
    stream.unacknowledged += count;
    if (stream.unacknowledged < this.#window >> 2 || stream.endReceived || this.#over) return;
    stream.receiveWindow += stream.unacknowledged;
    this.#output.control(windowUpdateFrame(stream.id, stream.unacknowledged));
    stream.unacknowledged = 0;
  }

  sendStatus(stream: LinkStream, status: number): void {
    this.#sendHeaders(stream, [[':status', String(status)]]);
  }

  sendReset(stream: LinkStream, code: number): void {
    if (!this.#over) this.#output.control(resetFrame(stream.id, code));
  }

  release(stream: LinkStream): void {
    this.#streams.delete(stream.id);
    if (this.#leaving) this.#endWhenIdle();
  }

  #add(stream: LinkStream): void {
    this.#streams.set(stream.id, stream);
    const { size } = this.#streams;
    if (size >= crowd && (size & (size - 1)) === 0) this.#options.onCrowd?.();
  }

  #sendHeaders(stream: LinkStream, fields: readonly HeaderPair[]): void {
    if (this.#over) return;
    for (const frame of headersFrames(stream.id, encodeHeaders(fields, this.#firstHeaders), false, this.#peerFrameSize)) this.#output.control(frame);
    this.#firstHeaders = false;
  }

  #holdWindow(window: number): void {
    const change = window - this.#heldWindow;
    this.#heldWindow = window;
    if (change !== 0) for (const stream of this.#streams.values()) stream.receiveWindow += change;
  }

  /** Grants anew what has been used of the link's window, in steps of a quarter. */
  #acknowledgeLink(): void {
    const increment = this.#linkWindow - this.#linkReceiveWindow;
    if (increment < this.#linkWindow >> 2) return;
    this.#linkReceiveWindow += increment;
    this.#output.control(windowUpdateFrame(0, increment));
  }

  #endWhenIdle(): void {
    // In a turn of its own: whoever closes a stream may still be at work with it.
    if (this.#streams.size === 0 && !this.#over) setImmediate(() => this.#streams.size === 0 && this.#end());
  }

  /** Lets what is queued as control leave, then ends the connection and what is open on it. */
  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#output.end();
    const socket = this.#socket;
    if (!socket.destroyed) {
      // Not destroyed at once: what the peer has under way would meet a reset, which takes the last words with it.
      socket.end();
      const timer = setTimeout(() => socket.destroy(), farewellMs);
      timer.unref();
      socket.once('close', () => clearTimeout(timer));
    }
    // Later, so that nobody's stream ends while they are opening it.
    setImmediate(() => {
      for (const stream of this.#streams.values()) stream.closeBy(errorCodes.cancel);
      this.#options.onClose(this.#error);
    });
  }
}
