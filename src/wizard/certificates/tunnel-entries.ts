import { X509Certificate } from 'node:crypto';
import { textOf } from '../observed.ts';
import type { CertificateEntry, CertificateProblem, Counterpart } from './certificate-entry.ts';
import { readTimes, timeOf, unknownTimes } from './certificate-store.ts';
import type { LocalAgent, RelayAuthority, SourceView } from './certificate-sources.ts';

/** Agents ask for the next certificate at two thirds of their 90 days; a fortnight of failed attempts is worth a word. */
const agentRenewsAtDays = 30;

/** The relay's authorities for agents, and the agents' client certificates. */
export async function tunnelEntries(view: SourceView): Promise<CertificateEntry[]> {
  const { sources, ask, attempt } = view;
  const authorities = await attempt('relay', sources.relayAuthorities);
  const rows = (await ask('Relay', 'Get-HybridAgent')) ?? [];
  const local = new Map<string, LocalAgent>();
  for (const read of sources.agents ?? []) {
    const agent = await attempt('agent', async () => read());
    if (agent !== undefined) local.set(agent.agentId.toLowerCase(), agent);
  }
  const agents = rows.map((row) => {
    const id = textOf(row, 'id');
    const own = local.get(id.toLowerCase());
    local.delete(id.toLowerCase());
    return agentEntry({ id, name: textOf(row, 'machineName'), isActive: textOf(row, 'status').toLowerCase() === 'active', endsAt: timeOf(row, 'certificateExpiresAt'), own, authorities });
  });
  for (const own of local.values()) agents.push(agentEntry({ id: own.agentId, name: own.agentId, isActive: false, endsAt: null, own, authorities }));
  return [...(authorities ?? []).map((authority) => authorityEntry(authority, agents.length)), ...agents];
}

function authorityEntry({ certificate, issues }: RelayAuthority, agents: number): CertificateEntry {
  const times = readTimes(certificate) ?? unknownTimes;
  return {
    ...times,
    id: issues ? 'relay-authority' : `relay-authority-${(times.thumbprint ?? 'former').slice(0, 8)}`,
    title: issues ? 'Relay authority for agents' : 'Former relay authority',
    uses: [issues ? 'relay: issues and checks the certificates of agents' : 'relay: checks the certificates of agents that have not renewed since', `agents: ${agents} enrolled`],
    counterpart: { state: 'none', detail: 'of the relay alone' },
    role: issues ? 'current' : 'past',
    renewal: issues ? 'by the relay itself, 270 days before the end; sooner by hybridge relay authority renew' : 'none: it ends, or hybridge relay authority remove',
    problems: [],
  };
}

interface AgentFacts {
  id: string;
  name: string;
  isActive: boolean;
  endsAt: number | null;
  own: LocalAgent | undefined;
  authorities: readonly RelayAuthority[] | undefined;
}

function agentEntry({ id, name, isActive, endsAt, own, authorities }: AgentFacts): CertificateEntry {
  const times = own === undefined ? undefined : readTimes(own.certificate);
  const issuer = own === undefined ? undefined : authorities?.find(({ certificate }) => isIssuedBy(own.certificate, certificate));
  const state: Counterpart['state'] = own === undefined || authorities === undefined ? 'unseen' : issuer === undefined ? 'different' : 'same';
  const problems: CertificateProblem[] =
    state === 'different' ? [{ severity: 'critical', text: 'The certificate is of no authority that the relay accepts: the relay refuses its links.', remedy: 'hybridge agent enroll --replace with a new token' }] : [];
  return {
    ...(times ?? { ...unknownTimes, notAfter: endsAt }),
    id: `agent-${id}`,
    title: `Agent ${name}`,
    uses: ['agent: opens links with it', 'relay: knows the agent by it'],
    counterpart: { state, detail: issuer !== undefined ? (issuer.issues ? 'relay: issued it' : 'relay: a former authority issued it') : state === 'different' ? 'relay: another authority' : isActive ? 'relay: linked' : 'relay: not linked' },
    // An agent that is not linked carries nothing, and what it does not renew costs nothing.
    role: isActive ? 'current' : 'past',
    renewal: 'by the agent itself, 30 days before the end',
    renewsItselfAtDays: agentRenewsAtDays,
    problems,
  };
}

function isIssuedBy(certificate: string, authority: string): boolean {
  const issuer = new X509Certificate(authority);
  const issued = new X509Certificate(certificate);
  return issued.checkIssued(issuer) && issued.verify(issuer.publicKey);
}
