import type { CmdletInvocation } from '../../../management/index.ts';
import { fail, pass, sessionOf, skipped, text } from '../probe.ts';
import { principalOf, setKeys } from '../tenant-directory.ts';
import { notOver } from '../free-busy-case.ts';
import type { FreeBusyCase, FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

const exchange = '00000002-0000-0ff1-ce00-000000000000';

/** On-premises servers sign with the Auth certificate: it must be there, valid, and known to the tenant. */
export const signingCertificate: FreeBusyProbe = {
  id: 'signing-certificate',
  title: 'Auth certificate, here and in the tenant',
  async run(given, { route }) {
    if (route?.trust !== 'OAuth') return skipped(notOver('OAuth', route));
    if (given.askingSide !== 'OnPremises') return skipped('Exchange Online signs with a certificate of its own');
    const session = sessionOf(given, 'OnPremises');
    const [config] = await session.invoke('Get-AuthConfig');
    const serviceName = text(config, 'ServiceName');
    if (serviceName !== exchange || text(config, 'Realm') !== '') {
      const set = (ServiceName: string, Realm: string): CmdletInvocation[] => [{ session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters: { ServiceName, Realm } }];
      return fail('AuthConfig speaks for another application', { cause: 'fb26-service-name', proof: `Get-AuthConfig: ServiceName ${serviceName}, Realm "${text(config, 'Realm')}".`, repair: set(exchange, ''), undo: set(serviceName, text(config, 'Realm')) });
    }
    const thumbprint = text(config, 'CurrentCertificateThumbprint');
    const store = await session.invoke('Get-ExchangeCertificate');
    const certificate = store.find((each) => text(each, 'Thumbprint') === thumbprint);
    const others = store.filter((each) => text(each, 'Thumbprint') !== thumbprint && /Server Auth Certificate/i.test(text(each, 'Subject')) && Date.parse(text(each, 'NotAfter')) > given.clock.now());
    if (certificate === undefined) return fail(`no certificate ${thumbprint} on the server`, await missing(given, thumbprint, others));
    if (Date.parse(text(certificate, 'NotAfter')) < given.clock.now()) return fail('the Auth certificate has expired', await expired(given, thumbprint, text(certificate, 'NotAfter'), others));
    const principal = await principalOf(given, exchange);
    if (principal === undefined) return skipped('the tenant’s Exchange principal cannot be seen');
    const { keys } = principal;
    const value = await valueOf(given, thumbprint);
    if (value === '') return skipped('the certificate could not be exported');
    if (keys.includes(value)) return pass(`${thumbprint}, until ${text(certificate, 'NotAfter').slice(0, 10)}; the tenant has it`);
    const uploaded = await uploadedOf(given, others);
    if (uploaded !== undefined) {
      return fail('the tenant has another Auth certificate', { cause: 'fb26-wrong-current', proof: `The current Auth certificate is ${thumbprint}, which the tenant does not have; it has ${uploaded}, which is on the server, too.`, repair: makeCurrent(uploaded), undo: makeCurrent(thumbprint) });
    }
    return fail('the tenant does not have the Auth certificate', {
      cause: 'fb26-not-uploaded',
      proof: `The tenant’s Exchange principal has ${keys.length} keys, and none is the current Auth certificate ${thumbprint} (${text(certificate, 'NotBefore').slice(0, 10)} to ${text(certificate, 'NotAfter').slice(0, 10)}).`,
      repair: setKeys('ServicePrincipal', principal, [...keys, value]),
      undo: setKeys('ServicePrincipal', principal, keys),
    });
  },
};

async function missing(given: FreeBusyCase, thumbprint: string, others: readonly Record<string, unknown>[]): Promise<Finding> {
  const uploaded = await uploadedOf(given, others);
  const proof = `AuthConfig names ${thumbprint}, which Get-ExchangeCertificate does not show.`;
  if (uploaded === undefined) return { cause: 'fb17-certificate-deleted', proof, repair: [], undo: [] };
  return { cause: 'fb17-thumbprint', proof: `${proof} The Auth certificate ${uploaded} is on the server, and the tenant has it.`, repair: makeCurrent(uploaded), undo: [], noUndo: `CurrentCertificateThumbprint was ${thumbprint}. Set-AuthConfig takes no certificate that the server does not have.` };
}

/** Another that is in its time, and that the tenant has already, takes over at once; else one is to be made. */
async function expired(given: FreeBusyCase, thumbprint: string, until: string, others: readonly Record<string, unknown>[]): Promise<Finding> {
  const cause = 'fb26-certificate-expired';
  const proof = `The Auth certificate ${thumbprint} ended on ${until}.`;
  const uploaded = await uploadedOf(given, others);
  if (uploaded === undefined) return { cause, proof, repair: [], undo: [] };
  return { cause, proof: `${proof} ${uploaded} is in its time and on the server, and the tenant has it.`, repair: makeCurrent(uploaded), undo: [], noUndo: `CurrentCertificateThumbprint was ${thumbprint}. Set-AuthConfig takes no certificate that has ended.` };
}

/** The first of these certificates that the tenant has. */
async function uploadedOf(given: FreeBusyCase, certificates: readonly Record<string, unknown>[]): Promise<string | undefined> {
  const principal = given.sessions.Tenant === undefined ? undefined : await principalOf(given, exchange).catch(() => undefined);
  const values = new Set(principal?.keys);
  for (const certificate of certificates) if (values.has(await valueOf(given, text(certificate, 'Thumbprint')))) return text(certificate, 'Thumbprint');
  return undefined;
}

async function valueOf(given: FreeBusyCase, Thumbprint: string): Promise<string> {
  const [exported] = await sessionOf(given, 'OnPremises').invoke('Export-ExchangeCertificate', { Thumbprint });
  return text(exported, 'FileData');
}

function makeCurrent(NewCertificateThumbprint: string): CmdletInvocation[] {
  const run = (parameters: Record<string, unknown>): CmdletInvocation => ({ session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters });
  return [run({ CertificateThumbprint: NewCertificateThumbprint }), run({ ClearPreviousCertificate: true })];
}
