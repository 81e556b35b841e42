import { latentFault, world } from './fault.ts';

const id = 'p2-relay';

/** Agents compare clocks when they link. */
export const relayClock = latentFault(id, 'agent', async () => {
  const clock = world(id, { kind: 'clock', party: 'relay', offsetMs: 3_600_000 });
  const linksAnew = world(`${id}-links`, { kind: 'restarted', party: 'agent' });
  return { inject: [...clock.inject, ...linksAnew.inject], undo: [...clock.undo, ...linksAnew.undo] };
});
