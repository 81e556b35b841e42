import type { Step } from './failure.ts';

/** Repeats the lookup that failed, toward the on-premises organisation. */
export const cloudLooksAgain: readonly Step[] = [{ on: 'client', act: 'Look the on-premises person up again as the cloud user (Scheduling Assistant in Outlook on the web): blocks instead of the hatched “no information”.' }];

/** Repeats the lookup that failed, toward the cloud. */
export const premisesLookAgain: readonly Step[] = [{ on: 'client', act: 'Look the cloud person up again as the on-premises user (Scheduling Assistant): blocks instead of the hatched “no information”.' }];

export const testOAuthFromCloud: Step = {
  on: 'cloud',
  run: 'Test-OAuthConnectivity -Service EWS -TargetUri https://<on-premises host>/EWS/Exchange.asmx -Mailbox <cloud user> -Verbose | Format-List',
  expect: 'ResultType: Success',
};

export const testOAuthFromPremises: Step = {
  on: 'on-premises',
  run: 'Test-OAuthConnectivity -Service EWS -TargetUri https://outlook.office365.com/EWS/Exchange.asmx -Mailbox <on-premises user> -Verbose | Format-List',
  expect: 'ResultType: Success',
};

export const testRelationshipFromCloud: Step = { on: 'cloud', run: 'Test-OrganizationRelationship -Identity "<cloud relationship>" -UserIdentity <cloud user> -Verbose', expect: 'No step reports an error.' };
