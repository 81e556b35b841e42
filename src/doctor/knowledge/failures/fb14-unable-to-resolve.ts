import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const unableToResolve: Failure = {
  id: 'FB14',
  title: 'Unable to resolve e-mail address to an Active Directory object',
  texts: ['Unable to resolve e-mail address … to an Active Directory object'],
  marks: ['LID: 57660', 'MailRecipientNotFoundException', 'ErrorMailRecipientNotFound'],
  directions: ['cloud → on-premises'],
  authentication: ['address space'],
  underneath: 'The address that was typed belongs to no recipient of the asking organisation. Connectors and relationships are applied to recipients; for a system that is not Exchange each person needs at least a contact.',
  causes: [
    {
      id: 'fb14-no-contact',
      title: 'There is no mail user or mail contact for the person',
      why: 'Without one there is no target address, and so no domain to look up.',
      proof: [{ on: 'cloud', run: 'Get-Recipient <address>', expect: 'The object couldn’t be found' }, { on: 'cloud', run: 'Get-AvailabilityAddressSpace | Format-List ForestName' }],
      repair: [{ on: 'cloud', run: 'New-MailContact -Name "<name>" -ExternalEmailAddress <address>' }],
      risk: 'The person appears in the address list.',
    },
    {
      id: 'fb14-not-synchronised',
      title: 'The person was not synchronised, or was deleted',
      why: 'Directory synchronisation leaves out objects by scope, filter or error.',
      proof: [{ on: 'tenant', run: 'Get-MgUser -UserId <address>', expect: 'Not found' }],
      repair: [{ on: 'server', run: 'Start-ADSyncSyncCycle -PolicyType Delta', }],
      risk: 'Everything that waits is synchronised too.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Synchronise contacts for every person whose calendar is to be seen.',
  references: [errorTable('14'), resolveErrors],
};
