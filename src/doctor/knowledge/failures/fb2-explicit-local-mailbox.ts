import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable } from '../references.ts';

export const explicitLocalMailbox: Failure = {
  id: 'FB2',
  title: 'The remote user mailbox must specify the the explicit local mailbox in the header',
  texts: ['The remote user mailbox must specify the the explicit local mailbox in the header'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth'],
  underneath: 'The responder could not tie the caller’s token to a mailbox that it serves. The doubled “the” is in the product’s own text.',
  causes: [
    {
      id: 'fb2-known-defect',
      title: 'Exchange 2013 CU12 to CU14: a known defect of OAuth',
      why: 'These builds want an anchor mailbox for a user who has none here. CU15 corrected it.',
      proof: [{ on: 'on-premises', run: 'Get-ExchangeServer | Format-List Name, AdminDisplayVersion', expect: 'Version 15.0 (Build 1178.x to 1236.x)' }],
      repair: [{ on: 'server', act: 'Install the last cumulative update (CU23) on every Exchange 2013 server, or publish a newer server.' }],
      risk: 'An update takes a server out of service for as long as it runs. Exchange 2013 is out of support.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Stay at the current or previous cumulative update.',
  references: [errorTable('2')],
};
