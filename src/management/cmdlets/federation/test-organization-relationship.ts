import type { OrganizationRelationshipSettings } from '../../../ews/index.ts';
import { isSmtpAddress } from '../../../organization/index.ts';
import type { Recipient, Stored } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { failureText } from './failure-text.ts';
import type { RemoteFederation } from './federation-means.ts';
import { personOf } from './person-of.ts';

export const testOrganizationRelationship = defineExchangeCmdlet({
  name: 'Test-OrganizationRelationship',
  synopsis: 'Checks an organisation relationship for a person: configuration, the other side’s federation, a delegation token, and the relationship that the other side has. Gives nothing where all is well.',
  parameters: {
    Identity: { type: 'string', mandatory: true, position: 0, pipeline: true, description: 'The relationship.' },
    UserIdentity: { type: 'string', mandatory: true, description: 'The mailbox for which a token is asked.' },
  },
  example: 'Test-OrganizationRelationship "On-premises to O365" -UserIdentity bert@contoso.test',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  async run(context, { Identity, UserIdentity }) {
    const found = await context.organization.configuration.find('OrganizationRelationship', Identity);
    const relationship = found.length === 1 && found[0] !== undefined ? found[0] : await oneConfiguration(context, 'OrganizationRelationship', Identity);
    const { properties } = relationship;
    const { DomainNames, TargetApplicationUri, TargetAutodiscoverEpr } = properties;
    const results: OutputObject[] = [];
    const say = (Id: string, Status: 'Error' | 'Warning', Description: string): void => void results.push({ Identity: relationship.name, Id, Status, Description, IsValid: true, ObjectState: 'New' });
    /** One step under its published heading; tells whether it found nothing. */
    const step = async (heading: string, check: () => Promise<void> | void): Promise<boolean> => {
      context.warn(heading);
      const before = results.length;
      await check();
      const isFine = results.length === before;
      context.warn(`RESULT: ${isFine ? 'Success' : 'Error'}.`);
      return isFine;
    };
    context.warn(`Begin testing for organization relationship ${relationship.name}, enabled state ${properties.Enabled ? 'True' : 'False'}.`);
    const trusts = await context.organization.configuration.list('FederationTrust');
    const identities = trusts.map(({ properties: trust }) => `${trust.TokenIssuerUri ?? ''}/${trust.ApplicationUri ?? ''};`);
    context.warn(`Exchange D-Auth Federation Authentication STS Client Identities are ${identities.join('')}`);
    const person = await personOf(context, UserIdentity);
    await step('STEP 1: Validating user configuration', () => {
      checkFormat(person.immutableId);
      if (!properties.Enabled) say('OrganizationRelationshipDisabled', 'Error', 'The organization relationship is disabled.');
    });
    let remote: RemoteFederation | undefined;
    await step('STEP 2: Getting federation information from remote organization...', async () => {
      try {
        remote = await context.federation.federationInformation(DomainNames[0] ?? '', TargetAutodiscoverEpr?.replace(/\/wssecurity\/?$/i, ''));
      } catch (error) {
        say('FailureToGetFederationInformation', 'Error', failureText(error));
      }
    });
    await step('STEP 3: Validating consistency in returned federation information', () => {
      if (remote !== undefined && remote.applicationUri.toLowerCase() !== (TargetApplicationUri ?? '').toLowerCase()) {
        say('MismatchedFederation', 'Error', `The application URI '${TargetApplicationUri ?? ''}' of the relationship is not the one that the remote organization publishes: '${remote.applicationUri}'.`);
      }
    });
    const hasToken = await step('STEP 4: Requesting delegation token from the STS...', async () => {
      try {
        if (TargetApplicationUri === null) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The relationship has no TargetApplicationUri.');
        await context.federation.requestToken(TargetApplicationUri, 'MSExchange.Autodiscover', person);
      } catch (error) {
        say('FailureToGetDelegationToken', 'Error', failureText(error));
      }
    });
    if (hasToken) {
      context.warn(`Retrieved token for target ${TargetAutodiscoverEpr ?? ''} for offer Name=MSExchange.Autodiscover,Duration=28800(secs)`);
      const theirs = await remoteStep(context, { relationship, person }, step, say);
      if (theirs !== undefined) await step('STEP 6: Validating organization relationships returned from remote partner', () => validateRemote(theirs, { trusts, say }));
    }
    context.warn('LAST STEP: Writing results...');
    if (results.length === 0) context.warn('No Significant Issues to Report');
    context.warn('COMPLETE.');
    return results;
  },
});

type Say = (id: string, status: 'Error' | 'Warning', description: string) => void;

/** What the partner says of its relationships with us; undefined where it says nothing. The id and its text are from a published transcript. */
async function remoteStep(
  context: ExchangeContext,
  { relationship: { properties }, person }: { relationship: Stored<'OrganizationRelationship'>; person: Recipient },
  step: (heading: string, check: () => Promise<void>) => Promise<boolean>,
  say: Say,
): Promise<readonly OrganizationRelationshipSettings[] | undefined> {
  let theirs: readonly OrganizationRelationshipSettings[] | undefined;
  await step('STEP 5: Getting organization relationship setting from remote partner...', async () => {
    try {
      if (properties.TargetAutodiscoverEpr === null) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The relationship has no TargetAutodiscoverEpr.');
      const target = { targetApplicationUri: properties.TargetApplicationUri ?? '', autodiscoverEpr: properties.TargetAutodiscoverEpr, domains: properties.DomainNames };
      theirs = await context.federation.remoteRelationships(target, person);
    } catch (error) {
      context.warn('RESULT: Unable to retrieve organization relationships from remote organization.');
      context.warn(failureText(error));
      say('AutodiscoverServiceCallFailed', 'Error', 'The Autodiscover call failed.');
    }
  });
  return theirs;
}

/** The partner's side must know our domain, mean us, and share. Ids and texts of these findings are ours: none is published. */
function validateRemote(theirs: readonly OrganizationRelationshipSettings[], { trusts, say }: { trusts: readonly Stored<'FederationTrust'>[]; say: Say }): void {
  const [first] = theirs;
  if (first === undefined) return say('RemoteRelationshipNotFound', 'Error', 'The remote organization has no enabled organization relationship with the domain of the user.');
  const own = new Set(trusts.flatMap(({ properties }) => properties.ApplicationUri?.toLowerCase() ?? []));
  if (!own.has((first.targetApplicationUri ?? '').toLowerCase())) {
    say('RemoteApplicationUriMismatch', 'Error', `The organization relationship '${first.name}' of the remote organization names the application URI '${first.targetApplicationUri ?? ''}', which is not ours.`);
  }
  if (!first.freeBusyAccessEnabled || first.freeBusyAccessLevel === 'None') say('RemoteFreeBusyNotShared', 'Warning', `The organization relationship '${first.name}' of the remote organization shares no free/busy.`);
}

/** The name that a token is asked for is the ImmutableId where one is set; one that is no address is refused with the published text of a FormatException. */
function checkFormat(immutableId: string | undefined): void {
  if (immutableId === undefined || isSmtpAddress(immutableId)) return;
  throw new ManagementError(
    'MANAGEMENT_INVALID_VALUE',
    `The email address "${immutableId}" isn't correct. Please use this format: user name, the @ sign, followed by the domain name. For example, tonysmith@contoso.com or tony.smith@contoso.com.`,
    { remedy: 'Clear the ImmutableId: Set-RemoteMailbox -ImmutableId $null on premises, or Set-Mailbox -ImmutableId $null in the cloud.' },
  );
}
