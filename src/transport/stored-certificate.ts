import type { Organization } from '../organization/index.ts';

/** The certificate that `<I>issuer<S>subject` names, from among the organisation's that serve SMTP, with its key. PEM. */
export async function storedCertificate({ configuration }: Organization, name: string): Promise<{ cert: string; key: string } | undefined> {
  const [, issuer, subject] = /^<I>(.*?)<S>(.*)$/i.exec(name.trim()) ?? [];
  if (issuer === undefined || subject === undefined) return undefined;
  const same = (one: string, other: string): boolean => one.replace(/,\s*/g, ', ').toLowerCase() === other.replace(/,\s*/g, ', ').toLowerCase();
  const found = (await configuration.list('ExchangeCertificate'))
    .filter(({ properties }) => properties.Services.includes('SMTP') && same(properties.Issuer, issuer) && same(properties.Subject, subject))
    .toSorted((a, b) => Date.parse(b.properties.NotAfter) - Date.parse(a.properties.NotAfter));
  for (const { properties } of found) {
    const key = await configuration.certificateKey(properties.Thumbprint);
    if (key !== undefined) return { cert: properties.Certificate, key };
  }
  return undefined;
}
