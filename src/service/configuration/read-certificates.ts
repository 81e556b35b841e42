import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { errorCode } from '../../foundation/index.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { LoadedConfiguration } from './load-configuration.ts';
import type { SecretReference } from './settings.ts';

type Files = Pick<LoadedConfiguration<unknown>, 'file' | 'path' | 'text' | 'secret'>;

/** PEM texts that belong together. */
export interface CertificateFiles {
  certificate: string;
  privateKey: string;
}

const pemCertificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
/** Shorter ones can be guessed. */
const shortestAdminKey = 16;

/**
 * Reads a certificate and its private key and sees that they are what they should be: a listener would start with files
 * that were mixed up, or fail with words of OpenSSL's. `key` is that of both, such as `certificates.0`.
 *
 * @throws ConfigurationError `CONFIGURATION_FILE`
 */
export function readCertificatePair(configuration: Files, key: string, { certificate, privateKey }: CertificateFiles): CertificateFiles {
  const pair = { certificate: configuration.text(`${key}.certificate`, certificate), privateKey: configuration.text(`${key}.privateKey`, privateKey) };
  const x509 = parseCertificate(pair.certificate);
  if (x509 === undefined) throw unfit(configuration, `${key}.certificate`, certificate, 'holds no certificate', 'Give a PEM file that begins with the certificate of this server.');
  const keyObject = parsePrivateKey(pair.privateKey);
  if (keyObject === undefined) throw unfit(configuration, `${key}.privateKey`, privateKey, 'holds no private key that can be read', 'Give a PEM file with the key, without a passphrase.');
  if (!x509.checkPrivateKey(keyObject)) throw unfit(configuration, `${key}.privateKey`, privateKey, `is not the key of the certificate in ${configuration.path(certificate)}`, 'Give both files of one certificate; in a chain, the certificate of this server comes first.');
  return pair;
}

/** Reads PEM certificates of authorities. @throws ConfigurationError `CONFIGURATION_FILE` */
export function readAuthorities(configuration: Files, key: string, file: string): string {
  const text = configuration.text(key, file);
  const found = text.match(pemCertificate) ?? [];
  if (found.length > 0 && found.every((one) => parseCertificate(one) !== undefined)) return text;
  throw unfit(configuration, key, file, 'holds no certificates of authorities', 'Give a PEM file with one certificate or several.');
}

/** The key of an admin API. @throws ConfigurationError `CONFIGURATION_SECRET` */
export function readAdminKey(configuration: Files, key: string, reference: SecretReference): string {
  const secret = configuration.secret(key, reference);
  if (secret.length >= shortestAdminKey && /^[\x21-\x7e]+$/.test(secret)) return secret;
  throw new ConfigurationError('CONFIGURATION_SECRET', { file: configuration.file, problems: [{ key, message: `The admin key is shorter than ${shortestAdminKey} characters, or has blanks, line breaks or letters beyond ASCII.`, remedy: 'Make one: openssl rand -base64 32.' }] });
}

function parseCertificate(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function parsePrivateKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

function unfit(configuration: Files, key: string, file: string, what: string, remedy: string): ConfigurationError {
  return new ConfigurationError('CONFIGURATION_FILE', { file: configuration.file, problems: [{ key, message: `${configuration.path(file)} ${what}.`, remedy }] });
}
