import type { SetupStep } from '../plan.ts';

/** Classic: the agent of this machine goes once nothing points at it any more. Agents of other machines stay until they are unregistered there. */
export const agentRemoval: SetupStep = {
  id: 'agent-removal',
  title: 'Hybrid Agent of this machine',
  why: 'Nothing comes by it in the Classic topology, and what is not used needs no way in.',
  topology: 'Classic',
  verifies: true,
  async changes(view) {
    await view.removeAgent();
    return [];
  },
};
