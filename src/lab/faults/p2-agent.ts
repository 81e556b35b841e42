import { latentFault, world } from './fault.ts';

const id = 'p2-agent';

/** The agent compares clocks when it links: its machine came back with a wrong one. */
export const agentClock = latentFault(id, 'agent', async () => {
  const clock = world(id, { kind: 'clock', party: 'agent', offsetMs: 3_600_000 });
  const linksAnew = world(`${id}-links`, { kind: 'restarted', party: 'agent' });
  return { inject: [...clock.inject, ...linksAnew.inject], undo: [...clock.undo, ...linksAnew.undo] };
});
