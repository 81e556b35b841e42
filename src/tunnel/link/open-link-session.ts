import type { TLSSocket } from 'node:tls';
import { LinkSession } from '../http2/link-session.ts';
import type { LinkStream } from '../http2/link-stream.ts';
import { createWindowFitter, firstLinkWindow, firstWindow } from './fit-windows.ts';
import { maximumStreamsPerLink } from './link-settings.ts';
import { watchLiveness } from './watch-liveness.ts';

export interface LinkSessionSettings {
  /** The relay asks, the agent answers: `client` and `server` of HTTP/2. */
  role: 'client' | 'server';
  onStream?: (stream: LinkStream) => void;
  /** The peer announces that it goes away. */
  onGoaway?: () => void;
  /** Nothing has come for four intervals, not even when asked. */
  onDead: () => void;
  /** Once, at the very end. */
  onClose: (error: Error | undefined) => void;
  /** Milliseconds after which a quiet peer is asked for a sign of life. Default 1,000. */
  pingIntervalMs?: number;
}

/** Speaks HTTP/2 over a connection on which nothing has been said yet, with the windows and the watch of a link. */
export function openLinkSession(socket: TLSSocket, settings: LinkSessionSettings): LinkSession {
  const session = new LinkSession(socket, {
    role: settings.role,
    maximumStreams: maximumStreamsPerLink,
    streamWindow: firstWindow,
    linkWindow: firstLinkWindow,
    onCrowd: () => windows.crowded(),
    onClose(error) {
      stopWatching();
      settings.onClose(error);
    },
    ...(settings.onStream === undefined ? {} : { onStream: settings.onStream }),
    ...(settings.onGoaway === undefined ? {} : { onGoaway: settings.onGoaway }),
  });
  const windows = createWindowFitter(session);
  const stopWatching = watchLiveness(session, {
    bytesReceived: () => socket.bytesRead,
    onAnswer: windows.answered,
    onDead: settings.onDead,
    ...(settings.pingIntervalMs === undefined ? {} : { intervalMs: settings.pingIntervalMs }),
  });
  return session;
}
