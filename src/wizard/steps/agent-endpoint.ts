import { textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';
import { WizardError } from '../wizard-error.ts';

/** Installs the agent of this machine where that was chosen, and makes sure that one is there to answer before anything points at it. */
export const agentEndpoint: SetupStep = {
  id: 'agent-endpoint',
  title: 'Hybrid Agent',
  why: 'What the cloud sends to the endpoint reaches Exchange only through an agent.',
  topology: 'Modern',
  configurations: ['Full', 'Minimal'],
  verifies: true,
  async changes(view) {
    if (view.settings.installsAgent) await view.installAgent();
    const agents = await view.get('Relay', 'Get-HybridAgent');
    if (!agents.some((agent) => textOf(agent, 'status').toLowerCase() === 'active')) {
      throw new WizardError('WIZARD_PREREQUISITE', 'No Hybrid Agent is connected to the relay.', {
        facts: { agents: agents.length },
        remedy: 'Start an agent, wait until it reports its links as up, and run set-up again; --agent installs one on this machine.',
        retryable: true,
      });
    }
    return [];
  },
};
