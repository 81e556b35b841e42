import type { AccessLog, AccessLogEntry } from '../../foundation/index.ts';

/** Hears of every finished request, at once. */
export type TrafficListener = (entry: AccessLogEntry) => void;

/** Finished requests as they come, for operators who watch. Nothing is kept for those who come later. */
export interface TrafficFeed {
  /** An access log that writes to another one and tells whoever watches. */
  tee(accessLog: AccessLog): AccessLog;
  /**
   * Returns how to stop; undefined when too many of the same tenant (or of the relay's operators) watch already.
   *
   * @param end called when the relay ends all watching
   */
  watch(tenantId: string | undefined, listener: TrafficListener, end: () => void): (() => void) | undefined;
  close(): void;
}

const maximumWatchers = 16;

interface Watcher {
  tenantId: string | undefined;
  listener: TrafficListener;
  end: () => void;
}

export function createTrafficFeed(): TrafficFeed {
  const watchers = new Set<Watcher>();
  return {
    tee: (accessLog) => ({
      write(entry) {
        accessLog.write(entry);
        for (const { listener } of watchers) listener(entry);
      },
      close: () => accessLog.close(),
    }),
    watch(tenantId, listener, end) {
      if ([...watchers].filter((watcher) => watcher.tenantId === tenantId).length >= maximumWatchers) return undefined;
      const watcher = { tenantId, listener, end };
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    close() {
      for (const { end } of watchers) end();
    },
  };
}
