import { answeringSide, notOver } from '../free-busy-case.ts';
import { fail, pass, sessionOf, setting, skipped, text } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

const exchange = '00000002-0000-0ff1-ce00-000000000000';
/** As set-up of Exchange makes it; a partner application may have another. */
const usualAccount = 'Exchange Online-ApplicationAccount';
const roles = ['UserApplication', 'ArchiveApplication', 'LegalHoldApplication', 'Mailbox Search', 'TeamMailboxLifecycleApplication', 'MailboxSearchApplication', 'MeetingGraphApplication'];

/** What Exchange Online may do on premises is what its linked account may do. */
export const applicationRights: FreeBusyProbe = {
  id: 'application-rights',
  title: 'partner application, linked account and its roles',
  async run(given, { route }) {
    if (route?.trust !== 'OAuth') return skipped(notOver('OAuth', route));
    if (answeringSide(given) !== 'OnPremises') return skipped('Exchange Online keeps no partner application for this');
    const session = sessionOf(given, 'OnPremises');
    // SharePoint, Skype for Business and others may be partners, too.
    const application = (await session.invoke('Get-PartnerApplication')).find((each) => text(each, 'ApplicationIdentifier').toLowerCase() === exchange);
    if (application === undefined) return skipped('there is no partner application for Exchange Online');
    const account = text(application, 'LinkedAccount').split('/').at(-1) || usualAccount;
    const findings: Finding[] = [];
    if (text(application, 'LinkedAccount') === '') {
      const [former] = await session.invoke('Get-User', { Identity: usualAccount }).catch(() => []);
      const linked = text(former, 'Identity') || `${await rootDomain(session)}/Users/${usualAccount}`;
      findings.push({ cause: 'fb18-no-linked-account', proof: `Partner application "${text(application, 'Name')}" has no LinkedAccount.`, ...setting('OnPremises', 'PartnerApplication', application, { LinkedAccount: linked }) });
    }
    const assigned = await session.invoke('Get-ManagementRoleAssignment', { RoleAssignee: account }).catch(() => []);
    if (assigned.length === 0) {
      findings.push({
        cause: 'fb18-no-roles',
        proof: `${account} has no role assignment.`,
        repair: roles.map((Role) => ({ session: 'OnPremises', cmdlet: 'New-ManagementRoleAssignment', parameters: { Role, User: account } })),
        undo: roles.map((role) => ({ session: 'OnPremises', cmdlet: 'Remove-ManagementRoleAssignment', parameters: { Identity: `${role}-${account}`, Confirm: false } })),
      });
    }
    if (findings.length > 0) return fail(findings.map(({ proof }) => proof).join(' '), ...findings);
    return pass(`${text(application, 'LinkedAccount')}, ${assigned.length} roles`);
  },
};

async function rootDomain(session: ReturnType<typeof sessionOf>): Promise<string> {
  const domains = await session.invoke('Get-AcceptedDomain');
  return text(domains.find((each) => each['Default'] === true) ?? domains[0], 'DomainName');
}
