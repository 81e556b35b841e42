import { foundSentence } from '../setup/prerequisites/prerequisite.ts';
import type { RunFacts } from './run-facts.ts';

/** Something that the wizard cannot or may not do. */
export interface ManualTask {
  text: string;
  /** Where it is explained: a page of docs/, or a published address. */
  see: string;
}

/** What is left for a person after a run; the most urgent first. */
export function remainingByHand({ settings, isUninstall, steps, prerequisites, agentPhases, proofs, records, failure }: RunFacts): readonly ManualTask[] {
  const tasks: ManualTask[] = [];
  const add = (condition: boolean, text: string, see: string): void => void (condition && tasks.push({ text, see }));
  const { configuration, topology, freeBusy, dedicatedApplication, organizationGuid, onPremisesHosts, hasMigrationAccount, mail } = settings;
  if (failure !== undefined) add(true, `${failure.remedy ?? 'Repair what it names.'} Then: hybridge setup --resume`, 'docs/setup.md#when-it-is-interrupted');
  for (const { outcome, step, error, absent } of steps) {
    add(outcome === 'failed', `${step.title}: ${error?.remedy ?? 'repair what the warning names, then run hybridge setup again.'}`, 'docs/setup.md#warnings');
    add(outcome === 'left out', `${step.title}: left out, since OAuth failed before it. Run hybridge setup again once that is repaired.`, 'https://support.microsoft.com/help/3089172');
    add(outcome === 'not there' && !isUninstall, `${step.title}: the organisation has no ${absent ?? ''}.`, 'docs/setup.md#warnings');
  }
  for (const { name, text } of records) add(failure !== undefined, `Publish in the public DNS: ${name} TXT IN ${text}`, 'docs/setup.md#page-by-page');
  if (isUninstall || failure !== undefined) return tasks;
  // These the steps have seen to.
  const changed = new Set(['mrs-proxy', 'auth-certificate', 'topology']);
  for (const { id, title, found, outcome, remedy } of prerequisites) add(remedy !== undefined && outcome !== 'met' && !changed.has(id), `${foundSentence({ title, found })} ${remedy ?? ''}`, 'docs/setup.md#prerequisites');
  const isFull = configuration === 'Full';
  const didStep = (id: string): boolean => steps.some(({ step, outcome }) => step.id === id && outcome === 'applied and verified');
  add(didStep('mrs-proxy'), 'MRS proxy: IIS keeps the former answer a while. Before the first move wait an hour, or run iisreset on each server.', 'docs/setup.md#prerequisites');
  add(topology === 'Classic', `Let Exchange Online in: TCP 443 from its published addresses to ${onPremisesHosts.join(', ')}, without pre-authentication.`, 'https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges');
  add(topology === 'Modern' && agentPhases.some(({ phase, detail }) => phase === 'start' && detail.includes('ends with this machine')), 'The agent of this machine runs as a process. For one that begins with the machine, install it as a service.', 'docs/agent.md#install');
  add(isFull && freeBusy !== 'dauth' && dedicatedApplication && didStep('dedicated-application'), `Where the tenant is Microsoft’s: grant admin consent to ExchangeServerApp-${organizationGuid} in the Entra admin centre (HCW8126 where nobody did). Servers take the setting override up within the hour.`, 'https://learn.microsoft.com/exchange/hybrid-deployment/deploy-dedicated-hybrid-app');
  add(!hasMigrationAccount, 'Migration endpoint: no on-premises account was known. New-MigrationEndpoint -ExchangeRemoteMove, with its password.', 'docs/setup.md#for-automation');
  add(isFull && proofs.length === 0, 'Look free/busy up once in either direction: hybridge doctor freebusy --as … --for …', 'docs/doctor.md');
  add(isFull && mail === undefined, 'Mail between the organisations was left as it is: --mail <host> makes connectors.', 'docs/setup.md#mail');
  add(mail !== undefined, `Let Exchange Online deliver: TCP 25 from its published addresses to ${mail?.host ?? ''}, with no device that ends TLS before the server. MX records stay what they are. The agent carries no SMTP.`, 'https://learn.microsoft.com/exchange/transport-routing');
  add(isFull, 'Hybrid modern authentication is a decision of its own, which no hybrid wizard takes.', 'docs/identity.md');
  return tasks;
}
