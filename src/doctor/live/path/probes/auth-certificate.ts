import { fail, pass, sessionOf, text } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

export const authCertificate: PathProbe = {
  id: 'auth-certificate',
  title: 'the Auth certificate that is current',
  async run(given) {
    const session = sessionOf(given, 'OnPremises');
    const [config] = await session.invoke('Get-AuthConfig');
    const thumbprint = text(config, 'CurrentCertificateThumbprint');
    const certificate = (await session.invoke('Get-ExchangeCertificate')).find((each) => text(each, 'Thumbprint') === thumbprint);
    const seen = (proof: string): Parameters<typeof fail>[1] => ({ cause: 'w1-auth-certificate', proof, repair: [], undo: [] });
    if (certificate === undefined) return fail('it is not in the store', seen(`Get-AuthConfig names ${thumbprint === '' ? 'no certificate' : thumbprint}; Get-ExchangeCertificate does not show it.`));
    const until = text(certificate, 'NotAfter');
    if (Date.parse(until) > given.clock.now()) return pass(`${thumbprint}, until ${until.slice(0, 10)}`);
    return fail('it has expired', seen(`The current Auth certificate ${thumbprint} ended on ${until}.`));
  },
};
