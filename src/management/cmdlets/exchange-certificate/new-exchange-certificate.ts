import { createSelfSignedCertificate, requestCertificate } from '../../../identity/index.ts';
import { isSmtpDomain } from '../../../organization/index.ts';
import type { MultiValued } from '../../binding/parameter-definition.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateOutput } from './certificate-output.ts';
import { certificateServices } from './certificate-services.ts';
import { readCertificateSubject } from './certificate-subject.ts';
import { keepCertificate } from './keep-certificate.ts';
import { requestOutput } from './request-output.ts';

/** Five years, one leap day among them: what Exchange gives its self-signed certificates. */
const days = 1826;
/** What a self-signed certificate is enabled for where nothing is said. */
const usualServices = ['IMAP', 'POP', 'SMTP'] as const;

export const newExchangeCertificate = defineExchangeCmdlet({
  name: 'New-ExchangeCertificate',
  synopsis: 'Makes a self-signed certificate (five years) or a request for a certification authority, and keeps it with its key.',
  parameters: {
    SubjectName: { type: 'string', description: 'Subject: CN=…, with C=, S=, L=, O= and OU= besides. Default the server’s name.' },
    FriendlyName: { type: 'string', description: 'A name for the list. Default “Microsoft Exchange”.' },
    DomainName: { type: 'string', many: true, description: 'Host names of the subject alternative name, besides the subject’s own. Default the server’s name and FQDN.' },
    IncludeAcceptedDomains: { type: 'switch', description: 'All accepted domains are among the host names.' },
    IncludeAutoDiscover: { type: 'switch', description: 'autodiscover.<domain> of all accepted domains is among the host names.' },
    IncludeServerFQDN: { type: 'switch', description: 'The server’s FQDN is among the host names.' },
    IncludeServerNetBIOSName: { type: 'switch', description: 'The server’s short name is among the host names.' },
    KeySize: { type: 'integer', description: 'Bits of the RSA key: 2048 (default) or 4096. 1024 is refused: nobody accepts it any more.' },
    PrivateKeyExportable: { type: 'boolean', description: '$true: Export-ExchangeCertificate may give the key. Default $false.' },
    Services: { type: certificateServices, many: true, description: 'What a self-signed certificate is meant for; shown, not acted on. Default IMAP, POP, SMTP; of accepted domains’ names SMTP.' },
    GenerateRequest: { type: 'switch', description: 'Makes a PKCS #10 request instead, which waits (Status PendingRequest) for Import-ExchangeCertificate of what the authority answers.' },
    BinaryEncoded: { type: 'switch', description: 'FileData is the request’s DER bytes; else PEM as text. Only with GenerateRequest.' },
    SubjectKeyIdentifier: { type: 'string', description: 'Subject key identifier of a self-signed certificate, hexadecimal: [Guid]::NewGuid().ToString("N"). Default the hash of its key.' },
    Instance: { type: 'string', pipelineOf: ['ExchangeCertificate'], description: 'The certificate to renew, through the pipe: what is not said otherwise is as in it.' },
    RequestFile: { type: 'string', refused: true, description: 'Servers write no files here: save what comes with (New-ExchangeCertificate -GenerateRequest …).FileData | Set-Content mail.req.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
    Server: { type: 'string', description: 'The server whose names are meant; the first one by default. Certificates belong to the organisation.' },
  },
  example: 'New-ExchangeCertificate -KeySize 2048 -PrivateKeyExportable $true -SubjectName "CN=Microsoft Exchange Server Auth Certificate" -FriendlyName "Microsoft Exchange Server Auth Certificate"',
  roles: ['Exchange Server Certificates'],
  side: 'OnPremises',
  async run(context, { Instance, SubjectKeyIdentifier, PrivateKeyExportable, GenerateRequest, BinaryEncoded, Server, Services: asked, ...given }) {
    const former = Instance === undefined ? {} : await renewed(context, Instance);
    const { SubjectName, FriendlyName, DomainName, KeySize = 2048, ...include } = { ...former, ...given };
    const Services = asked ?? (GenerateRequest === true ? undefined : former.Services);
    if (KeySize !== 2048 && KeySize !== 4096) throw invalid(`A key of ${KeySize} bits cannot be made here.`, 'Give 2048 or 4096, or leave KeySize out.');
    if (GenerateRequest === true ? Services !== undefined : BinaryEncoded === true) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.');
    if (SubjectKeyIdentifier !== undefined && (GenerateRequest === true || !/^(?:[0-9a-f]{2}){1,32}$/i.test(SubjectKeyIdentifier))) throw invalid('SubjectKeyIdentifier takes up to 32 bytes, hexadecimal, for a self-signed certificate.', 'Give [Guid]::NewGuid().ToString("N"); leave it out with GenerateRequest, where the authority decides.');
    const server = await serverNames(context, Server);
    const { commonName, subject } = readCertificateSubject(SubjectName ?? `CN=${server.name}`);
    const hosts = await hostNames(context, server, commonName, DomainName === undefined ? undefined : valuesOf(DomainName), include);
    const wanted = { commonName, subject, hosts, keyKind: KeySize === 4096 ? 'RSA-4096' : 'RSA-2048', days, clock: context.clock } as const;
    const friendlyName = FriendlyName ?? 'Microsoft Exchange';
    const exportable = PrivateKeyExportable ?? false;
    const usual = include.IncludeAcceptedDomains === true || include.IncludeAutoDiscover === true ? ['SMTP'] : usualServices;
    const services = GenerateRequest === true ? [] : Services === undefined ? usual : valuesOf(Services);
    const stored = await context.change({
      target: `CN=${commonName}`,
      async apply() {
        const made = GenerateRequest === true ? await requestCertificate(wanted) : await createSelfSignedCertificate({ ...wanted, ...(SubjectKeyIdentifier === undefined ? {} : { keyIdentifier: SubjectKeyIdentifier }) });
        return keepCertificate(context, { ...made, friendlyName, services, exportable });
      },
      after: (created) => certificateOutput(created, true, context.clock),
    });
    if (stored === undefined) return [];
    const { Thumbprint, Request } = stored.properties;
    return [Request === undefined ? certificateOutput(stored, true, context.clock) : requestOutput(Thumbprint, Request, BinaryEncoded === true)];
  },
});

/** What a renewal takes over from the certificate that it is for. */
async function renewed(context: ExchangeContext, identity: string): Promise<{ SubjectName?: string; FriendlyName?: string; DomainName?: MultiValued; KeySize?: number; Services?: MultiValued }> {
  const { Subject, FriendlyName, CertificateDomains, PublicKeySize, Services } = (await oneConfiguration(context, 'ExchangeCertificate', identity)).properties;
  return { SubjectName: Subject, FriendlyName, ...(PublicKeySize === 4096 ? { KeySize: 4096 } : {}), ...(CertificateDomains.length === 0 ? {} : { DomainName: { replace: CertificateDomains } }), ...(Services.length === 0 ? {} : { Services: { replace: Services } }) };
}

interface ServerNames {
  name: string;
  fqdn?: string;
}

async function serverNames({ organization: { configuration }, serverName }: ExchangeContext, identity: string | undefined): Promise<ServerNames> {
  const found = identity === undefined ? (await configuration.list('ExchangeServer'))[0] : await configuration.get('ExchangeServer', identity);
  if (found !== undefined) return { name: found.name, fqdn: found.properties.Fqdn };
  if (identity !== undefined) throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The server '${identity.slice(0, 256)}' couldn't be found.`, { facts: { identity }, remedy: 'See the servers with Get-ExchangeServer.' });
  return { name: serverName };
}

interface Included {
  IncludeAcceptedDomains?: boolean;
  IncludeAutoDiscover?: boolean;
  IncludeServerFQDN?: boolean;
  IncludeServerNetBIOSName?: boolean;
}

/** The names of the subject alternative name, each once: the subject’s, where it is a host name, and what was asked for. */
async function hostNames({ organization: { configuration } }: ExchangeContext, server: ServerNames, commonName: string, given: readonly string[] | undefined, include: Included): Promise<readonly string[]> {
  const odd = given?.find((name) => !isHostName(name));
  if (odd !== undefined) throw invalid(`'${odd.slice(0, 256)}' is not a host name.`, 'Give names like mail.contoso.com, *.contoso.com or MAIL01 in DomainName.');
  const accepted = include.IncludeAcceptedDomains === true || include.IncludeAutoDiscover === true ? (await configuration.list('AcceptedDomain')).map(({ properties }) => properties.DomainName) : [];
  const isUsual = given === undefined && !Object.values(include).includes(true);
  const names = [
    commonName,
    ...(given ?? []),
    ...(include.IncludeAcceptedDomains === true ? accepted : []),
    ...(include.IncludeAutoDiscover === true ? accepted.map((domain) => `autodiscover.${domain.replace(/^\*\./, '')}`) : []),
    ...(isUsual || include.IncludeServerNetBIOSName === true ? [server.name] : []),
    ...((isUsual || include.IncludeServerFQDN === true) && server.fqdn !== undefined ? [server.fqdn] : []),
  ];
  const keys = names.map((name) => name.toLowerCase());
  return names.filter((name, index) => isHostName(name) && keys.indexOf(name.toLowerCase()) === index);
}

/** Server names have no dot, and a wildcard may stand for the first part. */
function isHostName(name: string): boolean {
  return isSmtpDomain(name.replace(/^\*\./, '')) || /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(name);
}

function invalid(message: string, remedy: string): ManagementError {
  return new ManagementError('MANAGEMENT_INVALID_VALUE', message, { remedy });
}
