import { textOf } from '../../observed.ts';
import { seenIn, topologyOf } from '../decide-settings.ts';
import type { Prerequisite } from './prerequisite.ts';

/** Modern is offered where Classic never was set up; the seeds say what is lost and what must go first. */
export const topologyFits: Prerequisite = {
  id: 'topology',
  title: 'Topology',
  check({ snapshot, settings, choices }) {
    const present = topologyOf(snapshot);
    if (settings.topology === 'Classic') {
      if (present !== 'Modern') return { outcome: 'met', found: 'Classic' };
      return { outcome: 'warning', found: 'From Modern to Classic: the cloud will look for EWS and Autodiscover at their published names; the agents are no longer used.', remedy: 'Publish EWS and Autodiscover first (inbound TCP 443). Of the agents only the one of this machine is unregistered: hybridge agent unregister on the others.' };
    }
    const active = seenIn(snapshot, 'Relay', 'Get-HybridAgent').filter((agent) => textOf(agent, 'status').toLowerCase() === 'active').length;
    if (active === 0 && !settings.installsAgent) return { outcome: 'failed', found: 'No Hybrid Agent is connected.', remedy: 'Have one installed on this machine: --agent. Or by hand on another: hybridge agent enroll, then hybridge agent run; docs/agent.md.' };
    if (present !== 'Classic') return { outcome: 'met', found: `Modern, ${active} agent${active === 1 ? '' : 's'} active${settings.installsAgent ? ', and one to be installed here' : ''}` };
    const endpoints = seenIn(snapshot, 'Cloud', 'Get-MigrationEndpoint').map((endpoint) => textOf(endpoint, 'Identity'));
    return {
      outcome: choices.force ? 'warning' : 'failed',
      found: `Classic is set up already. Modern is for those who cannot publish EWS${endpoints.length === 0 ? '' : `; and migration endpoints still exist: ${endpoints.join(', ')}`}.`,
      remedy: `Stay with --topology Classic. If moves are blocked: remove migration batches and endpoints, then --topology Modern --force.`,
    };
  },
};
