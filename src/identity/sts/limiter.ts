/** Runs one piece of work when there is room for it. */
export type Limiter = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Lets `concurrent` pieces of work run at a time and `waiting` more stand in line; beyond that `refuse` makes the error.
 * Password hashes are slow on purpose: without a limit a flood of guesses would keep everybody else waiting.
 */
export function createLimiter(options: { concurrent: number; waiting: number; refuse: () => Error }): Limiter {
  const line: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= options.concurrent) {
      if (line.length >= options.waiting) throw options.refuse();
      await new Promise<void>((resolve) => line.push(resolve));
    }
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      line.shift()?.();
    }
  };
}
