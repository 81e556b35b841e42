import type { CmdletInvocation } from '../../../management/index.ts';
import { fail, pass, sessionOf, skipped, text } from '../free-busy-case.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

const exchange = '00000002-0000-0ff1-ce00-000000000000';

/** On-premises servers sign with the Auth certificate: it must be there, valid, and known to the tenant. */
export const signingCertificate: FreeBusyProbe = {
  id: 'signing-certificate',
  title: 'Auth certificate, here and in the tenant',
  async run(given, { route }) {
    if (route?.trust !== 'OAuth') return skipped('the lookup does not go over OAuth');
    if (given.askingSide !== 'OnPremises') return skipped('Exchange Online signs with a certificate of its own');
    const session = sessionOf(given, 'OnPremises');
    const [config] = await session.invoke('Get-AuthConfig');
    const thumbprint = text(config, 'CurrentCertificateThumbprint');
    const certificate = (await session.invoke('Get-ExchangeCertificate')).find((each) => text(each, 'Thumbprint') === thumbprint);
    if (certificate === undefined) return fail(`no certificate ${thumbprint} on the server`, { cause: 'fb17-certificate-deleted', proof: `AuthConfig names ${thumbprint}, which Get-ExchangeCertificate does not show.`, repair: [], undo: [] });
    if (Date.parse(text(certificate, 'NotAfter')) < given.clock.now()) return fail('the Auth certificate has expired', { cause: 'fb17-certificate-deleted', proof: `The Auth certificate ${thumbprint} ended on ${text(certificate, 'NotAfter')}.`, repair: [], undo: [] });
    const keys = await sessionOf(given, 'Tenant').invoke('Get-MsolServicePrincipalCredential', { ServicePrincipalName: exchange, ReturnKeyValues: true });
    const [exported] = await session.invoke('Export-ExchangeCertificate', { Thumbprint: thumbprint });
    const value = text(exported, 'FileData');
    if (value === '') return skipped('the certificate could not be exported');
    if (keys.some((key) => text(key, 'Value') === value)) return pass(`${thumbprint}, until ${text(certificate, 'NotAfter').slice(0, 10)}; the tenant has it`);
    const upload: CmdletInvocation = {
      session: 'Tenant',
      cmdlet: 'New-MsolServicePrincipalCredential',
      parameters: { AppPrincipalId: exchange, Type: 'Asymmetric', Usage: 'Verify', Value: value, StartDate: certificate['NotBefore'], EndDate: certificate['NotAfter'] },
    };
    return fail('the tenant does not have the Auth certificate', {
      cause: 'fb26-not-uploaded',
      proof: `The tenant’s Exchange principal has ${keys.length} keys, and none is the current Auth certificate ${thumbprint} (${text(certificate, 'NotBefore').slice(0, 10)} to ${text(certificate, 'NotAfter').slice(0, 10)}).`,
      repair: [upload],
      // Its key id is given by the upload: remove by hand what the repair added, if ever.
      undo: [],
    });
  },
};
