import { certificateThumbprint } from '../../../identity/index.ts';
import type { SeenCertificate } from '../evidence-collector.ts';
import { readWrittenDate } from '../text/written-date.ts';
import { propertyText } from '../text/property-text.ts';
import type { EvidenceLine, EvidenceObject, Sign } from '../evidence-types.ts';

export interface Observation {
  /** One sentence. */
  text: string;
  evidence: EvidenceLine;
}

const day = 86_400_000;
const soonDays = 30;

/** Certificates in all evidence against one another: what AuthConfig names, what the server has, what the tenant has. */
export function judgeSigningKeys(objects: readonly EvidenceObject[], certificates: readonly SeenCertificate[], now: number): { signs: Sign[]; observations: Observation[] } {
  const place = (object: EvidenceObject, property: string): EvidenceLine => ({ file: object.file, line: object.lineOf(property), text: `${property}: ${propertyText(object.properties[property])}`.slice(0, 300) });
  const stored = objects.filter(({ properties }) => typeof properties['Thumbprint'] === 'string' && properties['NotAfter'] !== undefined);
  const configuration = objects.find(({ properties }) => typeof properties['CurrentCertificateThumbprint'] === 'string' && properties['CurrentCertificateThumbprint'] !== '');
  const current = propertyText(configuration?.properties['CurrentCertificateThumbprint']).toUpperCase();
  const signs: Sign[] = [];
  if (configuration !== undefined) {
    const evidence = place(configuration, 'CurrentCertificateThumbprint');
    const known = new Set([...stored.map(({ properties }) => propertyText(properties['Thumbprint']).toUpperCase()), ...certificates.map(({ thumbprint }) => thumbprint)]);
    if (stored.length > 0 && !known.has(current)) signs.push({ failure: 'FB17', cause: 'fb17-certificate-deleted', proof: `AuthConfig names ${current}, which is not among the ${stored.length} certificates of the server.`, evidence });
    const keys = objects.flatMap((object) => thumbprintOfKey(object.properties) ?? []);
    if (keys.length > 0 && !keys.includes(current)) signs.push({ failure: 'FB26', cause: 'fb26-not-uploaded', proof: `AuthConfig signs with ${current}; the tenant has ${keys.join(', ')}.`, evidence });
  }
  const seen = new Map<string, SeenCertificate>();
  for (const certificate of certificates) seen.set(certificate.thumbprint, certificate);
  for (const object of stored) {
    const { Thumbprint, Subject, NotAfter } = object.properties;
    const notAfter = readWrittenDate(propertyText(NotAfter));
    if (notAfter !== undefined) seen.set(propertyText(Thumbprint).toUpperCase(), { thumbprint: propertyText(Thumbprint).toUpperCase(), subject: propertyText(Subject), notBefore: 0, notAfter, evidence: place(object, 'NotAfter') });
  }
  const observations: Observation[] = [];
  for (const { thumbprint, subject, notAfter, evidence } of seen.values()) {
    if (notAfter > now + soonDays * day) continue;
    const when = new Date(notAfter).toISOString().slice(0, 10);
    if (notAfter > now) observations.push({ text: `Certificate ${thumbprint} (${subject}) ends on ${when}.`, evidence });
    else if (thumbprint === current) signs.push({ failure: 'FB26', cause: 'fb26-certificate-expired', proof: `The Auth certificate ${thumbprint} ended on ${when}.`, evidence });
    else if (/CN=Federation\b/i.test(subject)) signs.push({ failure: 'FB15', cause: 'fb15-certificate-expired', proof: `The federation certificate ${thumbprint} ended on ${when}.`, evidence });
    else observations.push({ text: `Certificate ${thumbprint} (${subject}) ended on ${when}.`, evidence });
  }
  return { signs, observations };
}

/** Get-MgServicePrincipal shows the thumbprint in base64; MSOnline’s Get-MsolServicePrincipalCredential, in older collections, the certificate. */
function thumbprintOfKey(properties: EvidenceObject['properties']): string | undefined {
  const { KeyId, Value, CustomKeyIdentifier } = properties;
  if (KeyId === undefined) return undefined;
  if (typeof CustomKeyIdentifier === 'string' && CustomKeyIdentifier.length === 28) return Buffer.from(CustomKeyIdentifier, 'base64').toString('hex').toUpperCase();
  if (typeof Value !== 'string' || Value.length < 200) return undefined;
  try {
    return certificateThumbprint(Value);
  } catch {
    return undefined;
  }
}
