/** Something that must not take forever. */
export interface Deadline {
  /** Monotonic milliseconds (`performance.now()`); Infinity for never. */
  at: number;
  expire: () => void;
}

export interface Deadlines {
  add(deadline: Deadline): void;
  remove(deadline: Deadline): void;
  close(): void;
}

/**
 * Watches the deadlines of all connections with one timer: moving a deadline, which happens with every chunk, is then
 * an assignment. Expiry is late by at most `resolutionMs` (default 250).
 */
export function createDeadlines(resolutionMs = 250): Deadlines {
  const watched = new Set<Deadline>();
  const timer = setInterval(() => {
    const now = performance.now();
    for (const deadline of watched) {
      if (deadline.at > now) continue;
      deadline.at = Infinity;
      deadline.expire();
    }
  }, resolutionMs);
  timer.unref();
  return {
    add: (deadline) => void watched.add(deadline),
    remove: (deadline) => void watched.delete(deadline),
    close: () => clearInterval(timer),
  };
}
