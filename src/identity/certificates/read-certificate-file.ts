import { loadX509 } from './load-x509.ts';
import { readCertificate } from './read-certificate.ts';
import type { CertificateFacts } from './read-certificate.ts';

const mostCertificates = 1000;

/**
 * All certificates of a file: PEM with one or several, DER, PKCS#7 (`.p7b`) in either form. Those that cannot be read
 * are left out. Private keys beside them are not looked at.
 */
export async function readCertificateFile(bytes: Buffer): Promise<readonly CertificateFacts[]> {
  const isText = bytes.includes('-----BEGIN ');
  const pem = isText ? bytes.toString('latin1') : '';
  const blocks = isText ? (pem.match(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g) ?? []) : [];
  const collections = isText ? Array.from(pem.matchAll(/-----BEGIN PKCS7-----([\s\S]*?)-----END PKCS7-----/g), ([, body]) => Buffer.from(body ?? '', 'base64')) : [bytes];
  const found = blocks.flatMap(readOne);
  for (const der of collections) {
    const single = isText ? [] : readOne(der.toString('base64'));
    found.push(...(single.length > 0 ? single : await readCollection(der)));
  }
  return found.slice(0, mostCertificates);
}

function readOne(certificate: string): readonly CertificateFacts[] {
  try {
    return [readCertificate(certificate)];
  } catch {
    return [];
  }
}

async function readCollection(der: Buffer): Promise<readonly CertificateFacts[]> {
  const { X509Certificates } = await loadX509();
  try {
    return Array.from(new X509Certificates(der)).flatMap((each) => readOne(each.toString('base64')));
  } catch {
    return [];
  }
}
