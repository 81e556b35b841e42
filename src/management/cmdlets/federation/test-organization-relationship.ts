import { isSmtpAddress } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';
import { failureText } from './failure-text.ts';
import type { RemoteFederation } from './federation-means.ts';
import { personOf } from './person-of.ts';

export const testOrganizationRelationship = defineExchangeCmdlet({
  name: 'Test-OrganizationRelationship',
  synopsis: 'Checks an organisation relationship for a person: configuration, the other side’s federation, and a delegation token. Gives nothing where all is well.',
  parameters: {
    Identity: { type: 'string', mandatory: true, position: 0, pipeline: true, description: 'The relationship.' },
    UserIdentity: { type: 'string', mandatory: true, description: 'The mailbox for which a token is asked.' },
  },
  example: 'Test-OrganizationRelationship "On-premises to O365" -UserIdentity bert@contoso.test',
  roles: viewerRoles,
  async run(context, { Identity, UserIdentity }) {
    const found = await context.organization.configuration.find('OrganizationRelationship', Identity);
    const relationship = found.length === 1 && found[0] !== undefined ? found[0] : await oneConfiguration(context, 'OrganizationRelationship', Identity);
    const { properties } = relationship;
    const results: OutputObject[] = [];
    const say = (Id: string, Status: 'Error' | 'Warning', Description: string): void => void results.push({ Identity: relationship.name, Id, Status, Description, IsValid: true, ObjectState: 'New' });
    context.warn(`Begin testing for organization relationship ${relationship.name}, enabled state ${properties.Enabled ? 'True' : 'False'}.`);
    context.warn('STEP 1: Validating user configuration');
    const person = await personOf(context, UserIdentity);
    checkFormat(person.immutableId);
    if (!properties.Enabled) say('OrganizationRelationshipDisabled', 'Error', 'The organization relationship is disabled.');
    context.warn('STEP 2: Getting federation information from remote organization...');
    let remote: RemoteFederation | undefined;
    try {
      const endpoint = properties.TargetAutodiscoverEpr?.replace(/\/wssecurity\/?$/i, '');
      remote = await context.federation.federationInformation(properties.DomainNames[0] ?? '', endpoint);
    } catch (error) {
      say('FailureToGetFederationInformation', 'Error', failureText(error));
    }
    context.warn('STEP 3: Validating consistency in returned federation information');
    if (remote !== undefined && remote.applicationUri.toLowerCase() !== (properties.TargetApplicationUri ?? '').toLowerCase()) {
      say('MismatchedFederation', 'Error', `The application URI '${properties.TargetApplicationUri ?? ''}' of the relationship is not the one that the remote organization publishes: '${remote.applicationUri}'.`);
    }
    context.warn('STEP 4: Requesting delegation token from the STS...');
    try {
      if (properties.TargetApplicationUri === null) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The relationship has no TargetApplicationUri.');
      await context.federation.requestToken(properties.TargetApplicationUri, 'MSExchange.Autodiscover', person);
    } catch (error) {
      say('FailureToGetDelegationToken', 'Error', failureText(error));
    }
    context.warn('STEP 5 and 6 (the relationship that the remote partner has) are not built.');
    context.warn('LAST STEP: Writing results...');
    context.warn('COMPLETE.');
    return results;
  },
});

/** The name that a token is asked for is the ImmutableId where one is set; one that is no address is refused with the published text of a FormatException. */
function checkFormat(immutableId: string | undefined): void {
  if (immutableId === undefined || isSmtpAddress(immutableId)) return;
  throw new ManagementError(
    'MANAGEMENT_INVALID_VALUE',
    `The email address "${immutableId}" isn't correct. Please use this format: user name, the @ sign, followed by the domain name. For example, tonysmith@contoso.com or tony.smith@contoso.com.`,
    { remedy: 'Clear the ImmutableId: Set-RemoteMailbox -ImmutableId $null on premises, or Set-Mailbox -ImmutableId $null in the cloud.' },
  );
}
