import { X509Certificate } from 'node:crypto';
import { textOf } from '../observed.ts';
import type { CertificateEntry, CertificateProblem, Counterpart } from './certificate-entry.ts';
import { readTimes, timeOf, unknownTimes } from './certificate-store.ts';
import type { LocalAgent, SourceView } from './certificate-sources.ts';

/** Agents ask for the next certificate at two thirds of their 90 days; a fortnight of failed attempts is worth a word. */
const agentRenewsAtDays = 30;

/** The relay's authority for agents, and their client certificates. */
export async function tunnelEntries(view: SourceView): Promise<CertificateEntry[]> {
  const { sources, ask, attempt } = view;
  const authority = await attempt('relay', sources.relayAuthority);
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
    return agentEntry({ id, name: textOf(row, 'machineName'), isActive: textOf(row, 'status').toLowerCase() === 'active', endsAt: timeOf(row, 'certificateExpiresAt'), own, authority });
  });
  for (const own of local.values()) agents.push(agentEntry({ id: own.agentId, name: own.agentId, isActive: false, endsAt: null, own, authority }));
  return [...(authority === undefined ? [] : [authorityEntry(authority, agents.length)]), ...agents];
}

function authorityEntry(certificate: string, agents: number): CertificateEntry {
  return {
    ...(readTimes(certificate) ?? unknownTimes),
    id: 'relay-authority',
    title: 'Relay authority for agents',
    uses: ['relay: issues and checks the certificates of agents', `agents: ${agents} enrolled`],
    counterpart: { state: 'none', detail: 'of the relay alone' },
    role: 'current',
    renewal: 'not built: agents enrol anew with a new relay',
    problems: [],
  };
}

interface AgentFacts {
  id: string;
  name: string;
  isActive: boolean;
  endsAt: number | null;
  own: LocalAgent | undefined;
  authority: string | undefined;
}

function agentEntry({ id, name, isActive, endsAt, own, authority }: AgentFacts): CertificateEntry {
  const times = own === undefined ? undefined : readTimes(own.certificate);
  const state: Counterpart['state'] = own === undefined || authority === undefined ? 'unseen' : isIssuedBy(own.certificate, authority) ? 'same' : 'different';
  const problems: CertificateProblem[] =
    state === 'different' ? [{ severity: 'critical', text: 'The certificate is of another authority than the relay’s: the relay refuses its links.', remedy: 'hybridge agent enroll --replace with a new token' }] : [];
  return {
    ...(times ?? { ...unknownTimes, notAfter: endsAt }),
    id: `agent-${id}`,
    title: `Agent ${name}`,
    uses: ['agent: opens links with it', 'relay: knows the agent by it'],
    counterpart: { state, detail: state === 'same' ? 'relay: issued it' : state === 'different' ? 'relay: another authority' : isActive ? 'relay: linked' : 'relay: not linked' },
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
