import { readCertificate } from '../../../identity/index.ts';
import type { Recipient } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateWithKey } from './federation-means.ts';
import { failureText } from './failure-text.ts';
import { personOf } from './person-of.ts';

export const testFederationTrust = defineExchangeCmdlet({
  name: 'Test-FederationTrust',
  synopsis: 'Checks the federation trust step by step: configuration, metadata, certificates, and a real token.',
  parameters: {
    UserIdentity: { type: 'string', description: 'The mailbox for which a token is asked. Default: any mailbox.' },
    MonitoringContext: { type: 'boolean', ignored: true, description: 'Accepted and without effect.' },
  },
  example: 'Test-FederationTrust -UserIdentity bert@contoso.test',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { UserIdentity }) {
    const { configuration } = context.organization;
    const person = await personOf(context, UserIdentity);
    const results: OutputObject[] = [];
    const step = async (id: string, success: string, check: () => Promise<void>): Promise<boolean> => {
      try {
        await check();
        results.push({ Id: id, Type: 'Success', Message: success });
        return true;
      } catch (error) {
        results.push({ Id: id, Type: 'Error', Message: failureText(error) });
        return false;
      }
    };
    const [trust] = await configuration.list('FederationTrust');
    if (!(await step('FederationTrustConfiguration', 'FederationTrust object in ActiveDirectory is valid.', async () => {
      if (trust?.properties.TokenIssuerEpr == null) throw new Error('There is no federation trust with a token issuer.');
    })) || trust === undefined) return results;
    const { properties } = trust;
    await step('FederationMetadata', 'The federation trust contains the same certificates published by the security token service in its federation metadata.', async () => {
      const { certificates } = await context.federation.fetchMetadata(properties.TokenIssuerMetadataEpr ?? '');
      if (certificates[0] !== properties.TokenIssuerCertificate) throw new Error('The security token service publishes another certificate than the federation trust has. Run Set-FederationTrust -RefreshMetadata.');
    });
    await step('StsCertificate', 'Valid certificate referenced by property TokenIssuerCertificate in the FederationTrust object.', async () => inTime(context, properties.TokenIssuerCertificate));
    if (properties.TokenIssuerPrevCertificate !== null) await step('StsPreviousCertificate', 'Valid certificate referenced by property TokenIssuerPrevCertificate in the FederationTrust object.', async () => inTime(context, properties.TokenIssuerPrevCertificate));
    await step('OrganizationCertificate', 'Valid certificate referenced by property OrgPrivCertificate in the FederationTrust object.', async () => inTime(context, (await certificateWithKey(context, properties.OrgPrivCertificate)).certificate));
    await step('TokenRequest', 'Request for delegation token succeeded.', () => context.federation.requestToken(properties.ApplicationUri ?? '', 'MSExchange.Autodiscover', person satisfies Recipient));
    await step('TokenValidation', 'Requested delegation token is valid.', () => context.federation.validateOwnToken(person));
    return results;
  },
});

function inTime(context: ExchangeContext, certificate: string | null): void {
  if (certificate === null) throw new Error('There is no certificate.');
  const { notBefore, notAfter, thumbprint } = readCertificate(certificate);
  const now = context.clock.now();
  if (notBefore > now || notAfter <= now) throw new Error(`The certificate with thumbprint ${thumbprint} is valid from ${new Date(notBefore).toISOString()} to ${new Date(notAfter).toISOString()}, not now.`);
}
