import { request as httpRequest } from 'undici';
import type { Dispatcher } from 'undici';
import { findAttribute, findChild, isElement, parseXml } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { certificateBase64 } from '../certificates/read-certificate.ts';
import { IdentityError } from '../identity-error.ts';
import { connectFailure } from '../validation/fetch-json.ts';
import { federationNamespaces as names } from './federation-namespaces.ts';
import { pathText } from './security-token-request.ts';

export interface GatewayMetadata {
  issuerUri: string;
  /** `…/extSTS.srf`. */
  tokenEndpoint: string;
  /** base64 DER; the one that signs now first. */
  certificates: readonly string[];
}

const federation = 'http://schemas.xmlsoap.org/ws/2006/12/federation';

/**
 * Reads the metadata of a federation gateway. Rejects with IdentityError `IDENTITY_METADATA_UNAVAILABLE` (no answer, or
 * not 200) or `IDENTITY_METADATA_UNREADABLE`.
 */
export async function fetchFederationMetadata(url: string, httpClient: Dispatcher): Promise<GatewayMetadata> {
  let text: string;
  try {
    const answer = await httpRequest(url, { dispatcher: httpClient, signal: AbortSignal.timeout(20_000) });
    if (answer.statusCode !== 200) {
      answer.body.destroy();
      throw new IdentityError('IDENTITY_METADATA_UNAVAILABLE', `The federation metadata cannot be had: status ${answer.statusCode}.`, { facts: { url, status: answer.statusCode } });
    }
    text = await answer.body.text();
  } catch (cause) {
    if (cause instanceof IdentityError) throw cause;
    throw new IdentityError('IDENTITY_METADATA_UNAVAILABLE', 'The federation metadata cannot be reached.', { facts: { url, cause: connectFailure(cause) }, retryable: true, cause });
  }
  const metadata = read(text);
  if (metadata === undefined) throw new IdentityError('IDENTITY_METADATA_UNREADABLE', 'The document is not the metadata of a federation gateway.', { facts: { url } });
  return metadata;
}

function read(text: string): GatewayMetadata | undefined {
  try {
    const root = parseXml(text, { maximumBytes: 262_144 });
    const element = isElement(root, federation, 'FederationMetadata') ? findChild(root, federation, 'Federation') : undefined;
    const issuerUri = element && findAttribute(element, 'FederationID');
    const tokenEndpoint = element && pathText(element, [[federation, 'TokenIssuerEndpoint'], [names.addressing, 'Address']]);
    const certificates = element === undefined ? [] : certificatesOf(element).map(certificateBase64);
    return issuerUri && tokenEndpoint && certificates.length > 0 ? { issuerUri, tokenEndpoint, certificates } : undefined;
  } catch {
    return undefined;
  }
}

function certificatesOf(element: XmlElement): string[] {
  return element.children
    .filter((child) => isElement(child, federation, 'TokenSigningKeyInfo'))
    .flatMap((child) => pathText(child, [[names.security, 'SecurityTokenReference'], [names.signature, 'X509Data'], [names.signature, 'X509Certificate']]) ?? []);
}
