import { labNames } from '../lab-names.ts';
import { bert, one } from './fault.ts';
import type { FaultPlan, FaultSessions } from './fault.ts';
import type { LabInfo } from '../lab-info.ts';
import type { ConditionInput } from '../conditions/condition.ts';

/** The domain of a mail system that is not Exchange, and its server. */
export const notesDomain = 'notes.contoso.test';
export const notesHost = `mail.${notesDomain}`;
export const notesPerson = `nora@${notesDomain}`;

/**
 * What a company has with another mail system beside: the cloud finds its people by an availability address space and a
 * contact each. Its server is the one on premises, behind a device under its own name; who is asked for is Bert.
 */
export async function withNotes(sessions: FaultSessions, lab: LabInfo, id: string): Promise<FaultPlan> {
  const { EmailAddresses } = await one(sessions, 'OnPremises', 'Get-Mailbox', { Identity: bert });
  const account = lab.accounts.find(({ address }) => address === bert);
  const isGated = (await sessions.Cloud.invoke('Get-AvailabilityConfig').catch(() => [])).length > 0;
  const server: readonly { condition: string; is: ConditionInput }[] = [
    { condition: `${id}-name`, is: { kind: 'record', name: notesHost, leadsTo: labNames.onPremises.mail } },
    { condition: `${id}-server`, is: { kind: 'device', hosts: [notesHost], behind: labNames.onPremises.mail, host: labNames.onPremises.mail } },
  ];
  return {
    inject: [
      ...server,
      { session: 'OnPremises', cmdlet: 'New-AcceptedDomain', parameters: { Name: notesDomain, DomainName: notesDomain } },
      { session: 'OnPremises', cmdlet: 'Set-Mailbox', parameters: { Identity: bert, EmailAddresses: { add: [`smtp:${notesPerson}`] } } },
      ...(isGated ? [] : ([{ session: 'Cloud', cmdlet: 'New-AvailabilityConfig', parameters: { AllowedTenantIds: [lab.tenant.id] } }] as const)),
      { session: 'Cloud', cmdlet: 'Add-AvailabilityAddressSpace', parameters: { ForestName: notesDomain, AccessMethod: 'OrgWideFB', TargetAutodiscoverEpr: `https://${notesHost}/autodiscover/autodiscover.xml`, Credentials: { UserName: account?.userName ?? '', Password: account?.password ?? '' } } },
      { session: 'Cloud', cmdlet: 'New-MailContact', parameters: { Name: 'Nora (Notes)', Alias: 'nora-notes', ExternalEmailAddress: notesPerson } },
    ],
    undo: [
      { session: 'Cloud', cmdlet: 'Remove-MailContact', parameters: { Identity: notesPerson, Confirm: false } },
      { session: 'Cloud', cmdlet: 'Remove-AvailabilityAddressSpace', parameters: { Identity: notesDomain, Confirm: false } },
      ...(isGated ? [] : ([{ session: 'Cloud', cmdlet: 'Remove-AvailabilityConfig', parameters: { Confirm: false } }] as const)),
      { session: 'OnPremises', cmdlet: 'Set-Mailbox', parameters: { Identity: bert, EmailAddresses } },
      { session: 'OnPremises', cmdlet: 'Remove-AcceptedDomain', parameters: { Identity: notesDomain, Confirm: false } },
      ...server.toReversed().map(({ condition }) => ({ condition, is: null })),
    ],
  };
}
