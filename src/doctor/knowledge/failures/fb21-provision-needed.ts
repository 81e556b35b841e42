import { cloudLooksAgain, testRelationshipFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const provisionNeeded: Failure = {
  id: 'FB21',
  title: 'Provision is needed before federated account can be logged in',
  message: 'Provision is needed before federated account can be logged in. ErrorWin32InteropError',
  texts: ['Provision is needed before federated account can be logged in.'],
  marks: ['Provision is needed before'],
  directions: ['cloud → on-premises'],
  authentication: ['DAuth'],
  underneath: 'The gateway knows the user’s domain as federated and has no finished record of the user. The directory and the gateway’s copy of it disagree.',
  causes: [
    {
      id: 'fb21-record-missing',
      title: 'The gateway’s record of the federated user is missing or half written',
      why: 'It is written when the sign-in name changes; that write was lost. (Older instructions say Set-MsolUserPrincipalName; the MSOnline module is retired.)',
      proof: [{ ...testRelationshipFromCloud, expect: 'FailureToGetDelegationToken: Provision is needed' }],
      repair: [
        { on: 'tenant', run: 'Update-MgUser -UserId <cloud user> -UserPrincipalName <alias>@<tenant domain>' },
        { on: 'tenant', run: 'Update-MgUser -UserId <alias>@<tenant domain> -UserPrincipalName <cloud user>' },
      ],
      risk: 'Between the two commands the user cannot sign in with the usual name.',
    },
  ],
  check: [testRelationshipFromCloud, ...cloudLooksAgain],
  prevention: 'If it hits many users at once, do not flip them all: open a case with Microsoft, the fault is on their side.',
  references: [errorTable('21'), resolveErrors],
};
