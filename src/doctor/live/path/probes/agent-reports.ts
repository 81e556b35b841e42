import manifest from '../../../../../package.json' with { type: 'json' };
import { fail, pass, sessionOf, skipped, text, texts } from '../../probe.ts';
import type { Finding } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

const causes: Readonly<Record<string, string>> = { AGENT_CLOCK_WRONG: 'p2-agent', AGENT_CERTIFICATE_LIFE: 'p3-agent', AGENT_LOG_UNWRITABLE: 'p4-agent-disk', AGENT_STATE_UNWRITABLE: 'p4-agent-disk' };

/** What agents that work say of themselves, and their releases. */
export const agentReports: PathProbe = {
  id: 'agent-reports',
  title: 'what the agents say of themselves',
  async run(given) {
    const agents = (await sessionOf(given, 'Relay').invoke('Get-HybridAgent')).filter((each) => text(each, 'status').toLowerCase() === 'active');
    if (agents.length === 0) return skipped('no agent is active');
    const findings = agents.flatMap((agent) => [...problemsOf(agent), ...releaseOf(agent)]);
    return findings.length > 0 ? fail(findings.map(({ proof }) => proof).join(' '), ...findings) : pass('no problems');
  },
};

function problemsOf(agent: Record<string, unknown>): Finding[] {
  return texts(agent, 'problems').flatMap((problem) => {
    const cause = causes[problem.split(':', 1)[0] ?? ''];
    return cause === undefined ? [] : [{ cause, proof: `Get-HybridAgent: ${text(agent, 'machineName')} reports ${problem}`, repair: [], undo: [] }];
  });
}

/** Old is who lacks a release with new behaviour, by the release that this doctor is of; repairs alone are no alarm. */
function releaseOf(agent: Record<string, unknown>): Finding[] {
  const version = text(agent, 'version');
  const [ours, its] = [manifest.version, version].map((each) => each.split('.').slice(0, 2).map(Number));
  const isKnown = ours !== undefined && its?.length === 2 && its.every(Number.isInteger);
  if (!isKnown || (its[0] ?? 0) > (ours[0] ?? 0) || (its[0] === ours[0] && (its[1] ?? 0) >= (ours[1] ?? 0))) return [];
  return [{ cause: 'p4-agent-release', proof: `Get-HybridAgent: ${text(agent, 'machineName')} is of release ${version}; this one is ${manifest.version}.`, repair: [], undo: [] }];
}
