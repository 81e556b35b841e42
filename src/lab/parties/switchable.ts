/** A party that can be switched off and on again. */
export interface Switchable<Party> {
  /** The party as it runs, or as it ran last. */
  current(): Party;
  isRunning(): boolean;
  /** In good order; does nothing while it is off. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startSwitchable<Party extends { close(): Promise<void> }>(start: () => Promise<Party>): Promise<Switchable<Party>> {
  let current = await start();
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= current.close());
  return {
    current: () => current,
    isRunning: () => stopping === undefined,
    stop,
    async start() {
      if (stopping === undefined) return;
      await stopping;
      current = await start();
      stopping = undefined;
    },
    close: stop,
  };
}
