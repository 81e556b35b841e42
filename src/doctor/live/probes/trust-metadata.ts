import { answeringSide } from '../free-busy-case.ts';
import { fail, pass, sessionOf, skipped, text } from '../probe.ts';
import type { CmdletSession } from '../../../management/index.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

/** Whether the answering organisation knows the certificates with which the gateway signs at present. */
export const trustMetadata: FreeBusyProbe = {
  id: 'trust-metadata',
  title: 'federation trust: the gateway’s certificates',
  async run(given, { route }) {
    if (route?.trust !== 'DAuth') return skipped('the lookup does not go over DAuth');
    if (answeringSide(given) !== 'OnPremises') return skipped('Exchange Online keeps this by itself');
    const session = sessionOf(given, 'OnPremises');
    const [trust] = await session.invoke('Get-FederationTrust');
    if (trust === undefined) return skipped('there is no federation trust');
    const results = await session.invoke('Test-FederationTrust', { UserIdentity: given.whom });
    const failed = results.filter((each) => each['Type'] === 'Error').map((each) => text(each, 'Id'));
    if (failed.includes('OrganizationCertificate')) return fail('the federation certificate', await certificateFinding(session, text(trust, 'OrgPrivCertificate'), given.clock.now()));
    if (!failed.includes('FederationMetadata') && !failed.includes('TokenValidation')) return pass(failed.length === 0 ? 'current' : `current; Test-FederationTrust also reports ${failed.join(', ')}`);
    return fail('the stored certificates are old', {
      cause: 'fb15-gateway-rolled',
      proof: `Test-FederationTrust -UserIdentity ${given.whom} reports errors: ${failed.join(', ')}.`,
      repair: [{ session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: text(trust, 'Name'), RefreshMetadata: true } }],
      undo: [],
    });
  },
};

async function certificateFinding(session: CmdletSession, thumbprint: string, now: number): Promise<Finding> {
  const certificate = (await session.invoke('Get-ExchangeCertificate')).find((each) => text(each, 'Thumbprint') === thumbprint);
  const isExpired = certificate !== undefined && Date.parse(text(certificate, 'NotAfter')) < now;
  return {
    cause: isExpired ? 'fb15-certificate-expired' : 'fb15-certificate-missing',
    proof: isExpired ? `The federation certificate ${thumbprint} ended on ${text(certificate, 'NotAfter')}.` : `The federation trust names ${thumbprint}, which Get-ExchangeCertificate does not show with a key.`,
    repair: [],
    undo: [],
  };
}
