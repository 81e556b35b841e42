import type { FreeBusyProbe } from '../free-busy-case.ts';
import { fail, pass, sessionOf, skipped, text } from '../probe.ts';

/** Whether the relay has an agent for the address that is asked: what stands in the way to it hides that it has none. */
export const relayAgents: FreeBusyProbe = {
  id: 'agents',
  title: 'agents behind the published address',
  async run(given, { endpoint }) {
    if (endpoint === undefined) return skipped('there is no address to ask');
    const session = sessionOf(given, 'Relay');
    const isPublished = (await session.invoke('Get-HybridApplication')).some((each) => URL.parse(text(each, 'externalUrl'))?.host === endpoint.host);
    if (!isPublished) return skipped(`${endpoint.host} is no address of the relay`);
    const agents = await session.invoke('Get-HybridAgent');
    const shown = agents.map((each) => `${text(each, 'machineName')} ${text(each, 'status')}`).join(', ') || 'none is enrolled';
    if (agents.some((each) => text(each, 'status').toLowerCase() === 'active')) return pass(shown);
    return fail(shown, { cause: 'm35-agent-down', proof: `Get-HybridAgent: ${shown}.`, repair: [], undo: [] });
  },
};
