import type { AccessLog, AccessLogEntry } from '../../foundation/index.ts';

/** Hears of every finished request, at once. */
export type TrafficListener = (entry: AccessLogEntry) => void;

/** Finished requests as they come, for operators who watch. Nothing is kept for those who come later. */
export interface TrafficFeed {
  /** An access log that writes to another one and tells whoever watches. */
  tee(accessLog: AccessLog): AccessLog;
  /** Returns how to stop; undefined when too many watch already. */
  watch(listener: TrafficListener): (() => void) | undefined;
}

const maximumWatchers = 16;

export function createTrafficFeed(): TrafficFeed {
  const watchers = new Set<TrafficListener>();
  return {
    tee: (accessLog) => ({
      write(entry) {
        accessLog.write(entry);
        for (const watcher of watchers) watcher(entry);
      },
      close: () => accessLog.close(),
    }),
    watch(listener) {
      if (watchers.size >= maximumWatchers) return undefined;
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
  };
}
