import type { Observed } from '../observed.ts';
import { textOf } from '../observed.ts';
import type { SetupStep, StepView } from '../plan.ts';
import { WizardError } from '../wizard-error.ts';

/**
 * Asks the federation's own tests: whether tokens are to be had and hold, and whether each relationship gets one. A
 * gateway that has changed its certificates is repaired at once by reading its metadata again.
 */
export const delegationTokens: SetupStep = {
  id: 'delegation-tokens',
  title: 'Delegation tokens',
  why: 'The gateway must give tokens that the other side believes.',
  onlyFor: ['dauth', 'both'],
  verifies: true,
  async changes(view) {
    const [existing] = await view.get('OnPremises', 'Get-FederationTrust');
    // In a dry run what is to be tested may not be there yet.
    if (existing === undefined) return [];
    const failed = (await view.get('OnPremises', 'Test-FederationTrust')).filter((result) => textOf(result, 'Type') === 'Error');
    if (failed.some((result) => textOf(result, 'Id') === 'FederationMetadata')) {
      return [{ session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: textOf(existing, 'Name'), RefreshMetadata: true } }];
    }
    refuse('Test-FederationTrust', failed, 'Message');
    for (const [session, name] of [['OnPremises', 'On-premises to O365'], ['Cloud', 'O365 to On-premises']] as const) {
      const Identity = `${name} - ${view.settings.organizationGuid}`;
      if ((await view.get(session, 'Get-OrganizationRelationship', { Identity: `${Identity}*` })).length === 0) continue;
      const results = await view.get(session, 'Test-OrganizationRelationship', { Identity, UserIdentity: await someMailbox(view, session) });
      refuse(`Test-OrganizationRelationship "${Identity}"`, results.filter((result) => textOf(result, 'Status') === 'Error'), 'Description');
    }
    return [];
  },
};

/** The mailbox for which tokens are asked: in the cloud one that on-premises servers know by its routing address. */
async function someMailbox({ get, settings }: StepView, session: 'OnPremises' | 'Cloud'): Promise<string> {
  const mailboxes = await get(session, 'Get-Mailbox', { ResultSize: 50 });
  const suffix = `@${settings.coexistenceDomain.toLowerCase()}`;
  const routed = session === 'OnPremises' ? undefined : mailboxes.find((mailbox) => JSON.stringify(mailbox['EmailAddresses'] ?? []).toLowerCase().includes(suffix));
  const mailbox = routed ?? mailboxes[0];
  if (mailbox !== undefined) return textOf(mailbox, 'UserPrincipalName');
  throw new WizardError('WIZARD_PREREQUISITE', `There is no mailbox ${session === 'Cloud' ? 'in the cloud' : 'on premises'} for which a token could be asked.`, { remedy: 'Create one and run set-up again.' });
}

function refuse(what: string, failed: readonly Observed[], property: string): void {
  const [first] = failed;
  if (first === undefined) return;
  throw new WizardError('WIZARD_VERIFICATION_FAILED', `${what} reports ${textOf(first, 'Id')}: ${textOf(first, property)}`, {
    facts: { failed: failed.map((result) => textOf(result, 'Id')) },
    remedy: 'Repair what it names, then run set-up again.',
  });
}
