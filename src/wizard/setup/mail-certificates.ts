import { isTrue, listOf, textOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { MailSettings } from '../plan.ts';
import { WizardError } from '../wizard-error.ts';
import type { SetupChoices } from './choices.ts';
import type { Snapshot } from './snapshot.ts';

/** A certificate with which on-premises servers could show who they are. */
export interface MailCertificate {
  thumbprint: string;
  subject: string;
  /** `<I>issuer<S>subject`, as connectors name it. */
  certificateName: string;
  /** Names in it, lower case. */
  names: readonly string[];
  /** Epoch milliseconds. */
  notAfter: number;
  isSelfSigned: boolean;
  /** Whether it is enabled for SMTP; undefined where that is not shown. */
  isForSmtp: boolean | undefined;
}

/** Certificates of the on-premises store with a key that have not expired; the one that lasts longest first. */
export function mailCertificates(snapshot: Snapshot): readonly MailCertificate[] {
  const now = Date.parse(snapshot.takenAt);
  return (snapshot.sides.OnPremises?.seen['Get-ExchangeCertificate'] ?? [])
    .filter((certificate) => certificate['HasPrivateKey'] === undefined || isTrue(certificate, 'HasPrivateKey'))
    .map(describe)
    .filter(({ notAfter, names }) => notAfter > now && names.length > 0)
    .toSorted((a, b) => Number(a.isSelfSigned) - Number(b.isSelfSigned) || b.notAfter - a.notAfter);
}

function describe(certificate: Observed): MailCertificate {
  const [subject, issuer] = [textOf(certificate, 'Subject'), textOf(certificate, 'Issuer')];
  const common = /(?:^|,\s*)CN=(?<name>[^,\s]+)(?:,|$)/i.exec(subject)?.groups?.['name'];
  const names = [...(common === undefined ? [] : [common]), ...listOf(certificate, 'CertificateDomains')].map((name) => name.toLowerCase()).filter((name) => name.includes('.'));
  const services = textOf(certificate, 'Services');
  return { thumbprint: textOf(certificate, 'Thumbprint'), subject, certificateName: `<I>${issuer}<S>${subject}`, names: [...new Set(names)], notAfter: Date.parse(textOf(certificate, 'NotAfter')), isSelfSigned: isTrue(certificate, 'IsSelfSigned') || issuer === subject, isForSmtp: services === '' ? undefined : /\bSMTP\b/i.test(services) };
}

/** The name in a certificate that covers a host (RFC 6125 §6.4.3: a wildcard stands for the first label alone). */
export function coveringName({ names }: Pick<MailCertificate, 'names'>, host: string): string | undefined {
  const wanted = host.toLowerCase();
  return names.find((name) => name === wanted) ?? names.find((name) => name.startsWith('*.') && name.slice(1) === wanted.slice(wanted.indexOf('.')));
}

/** Names of Microsoft's worldwide cloud. */
const worldwideTlsDomain = 'mail.protection.outlook.com';

/** @throws WizardError `WIZARD_CHOICE` where no certificate fits */
export function mailSettings(snapshot: Snapshot, { mail, endpoints }: SetupChoices): MailSettings | undefined {
  if (mail === undefined) return undefined;
  const all = mailCertificates(snapshot);
  const wanted = mail.certificate === undefined ? undefined : all.find(({ thumbprint }) => thumbprint.toLowerCase() === mail.certificate?.toLowerCase());
  if (mail.certificate !== undefined && wanted === undefined) {
    throw new WizardError('WIZARD_CHOICE', `No certificate ${mail.certificate} on premises has its key and is valid.`, { remedy: all.length === 0 ? 'Import one: Import-ExchangeCertificate.' : `Choose among: ${all.map(({ thumbprint, names }) => `${thumbprint} (${names.join(', ')})`).join('; ')}.` });
  }
  const certificate = wanted ?? all.find((one) => coveringName(one, mail.host) !== undefined);
  const certificateDomain = certificate === undefined ? undefined : coveringName(certificate, mail.host);
  if (certificate === undefined || certificateDomain === undefined) {
    throw new WizardError('WIZARD_CHOICE', `No certificate on premises has the name ${mail.host}.`, { remedy: `Import a public one with that name and enable it for SMTP: Import-ExchangeCertificate, Enable-ExchangeCertificate -Services SMTP.${all.length === 0 ? '' : ` Or choose a host that one of these names: ${all.flatMap(({ names }) => names).join(', ')}.`}` });
  }
  return { host: mail.host.toLowerCase(), certificateName: certificate.certificateName, certificateDomain, isCentralized: mail.centralized, cloudTlsDomain: endpoints.mailTlsDomain ?? worldwideTlsDomain, cloudSmartHost: endpoints.mailSmartHost };
}
