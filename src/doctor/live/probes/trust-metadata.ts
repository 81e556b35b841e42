import { answeringSide, notOver } from '../free-busy-case.ts';
import { fail, pass, sessionOf, skipped, text } from '../probe.ts';
import type { CmdletSession } from '../../../management/index.ts';
import type { FreeBusyCase, FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

/** Whether the answering organisation knows the certificates with which the gateway signs at present; of the asking one, whether it can still sign what it asks of the gateway. */
export const trustMetadata: FreeBusyProbe = {
  id: 'trust-metadata',
  title: 'federation trust: the gateway’s certificates',
  async run(given, { route, isGatewaySilent }) {
    if (route?.trust !== 'DAuth') return skipped(notOver('DAuth', route));
    if (answeringSide(given) !== 'OnPremises') return ownCertificate(given);
    // Who does not answer has not changed its certificates.
    if (isGatewaySilent === true) return skipped('the gateway cannot be reached');
    const session = sessionOf(given, 'OnPremises');
    const [trust] = await session.invoke('Get-FederationTrust');
    if (trust === undefined) return skipped('there is no federation trust');
    const results = await session.invoke('Test-FederationTrust', { UserIdentity: given.whom });
    const failed = results.filter((each) => each['Type'] === 'Error').map((each) => text(each, 'Id'));
    const finding = failed.includes('OrganizationCertificate') ? await certificateFinding(session, trust, given.clock.now()) : undefined;
    if (finding !== undefined) return fail('the federation certificate cannot be used', finding);
    if (!failed.includes('FederationMetadata') && !failed.includes('TokenValidation')) return pass(failed.length === 0 ? 'current' : `current; Test-FederationTrust also reports ${failed.join(', ')}`);
    // A gateway that only signs with another certificate gives tokens.
    if (failed.includes('TokenRequest')) return skipped(`the server itself gets no token of the gateway (Test-FederationTrust: ${failed.join(', ')})`);
    return fail('the stored certificates are old', {
      cause: 'fb15-gateway-rolled',
      proof: `Test-FederationTrust -UserIdentity ${given.whom} reports errors: ${failed.join(', ')}.`,
      repair: [{ session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: text(trust, 'Name'), RefreshMetadata: true } }],
      undo: [],
      noUndo: 'The certificates that were kept before are no longer the gateway’s: nothing wants them back.',
    });
  },
};

async function ownCertificate(given: FreeBusyCase): ReturnType<FreeBusyProbe['run']> {
  const session = sessionOf(given, 'OnPremises');
  const [trust] = await session.invoke('Get-FederationTrust');
  if (trust === undefined) return skipped('there is no federation trust');
  const finding = await certificateFinding(session, trust, given.clock.now());
  return finding === undefined ? pass(`${text(trust, 'OrgPrivCertificate')} is on the server and in its time`) : fail('the federation certificate cannot be used', finding);
}

/** Undefined where the certificate that the trust names is on the server, and in its time. */
async function certificateFinding(session: CmdletSession, trust: Record<string, unknown>, now: number): Promise<Finding | undefined> {
  const thumbprint = text(trust, 'OrgPrivCertificate');
  const store = await session.invoke('Get-ExchangeCertificate');
  const isInTime = (each: Record<string, unknown> | undefined): boolean => each !== undefined && Date.parse(text(each, 'NotAfter')) > now;
  const find = (wanted: string): Record<string, unknown> | undefined => store.find((each) => text(each, 'Thumbprint') === wanted && each['HasPrivateKey'] !== false);
  const certificate = find(thumbprint);
  if (isInTime(certificate)) return undefined;
  if (certificate === undefined) return { cause: 'fb15-certificate-missing', proof: `The federation trust names ${thumbprint}, which Get-ExchangeCertificate does not show with a key.`, repair: [], undo: [] };
  const proof = `The federation certificate ${thumbprint} ended on ${text(certificate, 'NotAfter')}.`;
  const previous = text(trust, 'OrgPrevPrivCertificate');
  // No cmdlet is run for this one: the other side keeps tokens for the old certificate for hours, and nothing would be seen of it.
  return { cause: 'fb15-certificate-expired', proof: isInTime(find(previous)) ? `${proof} The one before it, ${previous}, is still in its time: before the trust is made anew, try Set-FederationTrust -Thumbprint ${previous}, then -PublishFederationCertificate.` : proof, repair: [], undo: [] };
}
