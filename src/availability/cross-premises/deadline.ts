/** Calls `expire` after `ms` unless the function that it returns is called before. */
export type SetDeadline = (ms: number, expire: () => void) => () => void;

export const systemDeadline: SetDeadline = (ms, expire) => {
  const timer = setTimeout(expire, ms);
  return () => clearTimeout(timer);
};

/** Time that one target may take. */
export interface Deadline {
  /** Aborted when the time is up, or the client that waits has gone. */
  signal: AbortSignal;
  /** True when the time was up first. */
  expired(): boolean;
  /** Settles as `work` does, or rejects as soon as the signal is aborted, for work that knows no signal. */
  within<Value>(work: Promise<Value>): Promise<Value>;
  stop(): void;
}

export function startDeadline(ms: number, setDeadline: SetDeadline, client: AbortSignal): Deadline {
  const timer = new AbortController();
  let timeIsUp = false;
  const cancel = setDeadline(ms, () => {
    timeIsUp = !client.aborted;
    timer.abort(new DOMException('The deadline of the lookup has passed.', 'TimeoutError'));
  });
  const signal = AbortSignal.any([client, timer.signal]);
  return {
    signal,
    expired: () => timeIsUp,
    within: (work) => withSignal(work, signal),
    stop: cancel,
  };
}

function withSignal<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('The lookup was given up.', { cause: signal.reason }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
