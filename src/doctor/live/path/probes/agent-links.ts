import { fail, pass, sessionOf, skipped, text } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** What the relay says of the tenant's agents. */
export const agentLinks: PathProbe = {
  id: 'agents',
  title: 'agents and their links',
  async run(given) {
    const relay = sessionOf(given, 'Relay');
    const agents = await relay.invoke('Get-HybridAgent');
    const shown = agents.map((each) => `${text(each, 'machineName') || text(each, 'id')} ${text(each, 'status')}${typeof each['links'] === 'number' ? `, ${each['links']} links` : ''}, version ${text(each, 'version')}`).join('; ');
    const active = agents.filter((each) => text(each, 'status').toLowerCase() === 'active');
    if (active.length > 0) return pass(shown);
    if ((await relay.invoke('Get-HybridApplication')).length === 0) return skipped('the relay publishes nothing of this organisation, which needs no agent');
    return fail(agents.length === 0 ? 'no agent is enrolled' : shown, { cause: 'm35-agent-down', proof: agents.length === 0 ? 'Get-HybridAgent shows no agent.' : `Get-HybridAgent: ${shown}.`, repair: [], undo: [] });
  },
};
