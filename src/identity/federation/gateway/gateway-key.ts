import { createXmlWriter } from '../../../xml/index.ts';
import { publishedKeys } from '../../sts/signing-keys.ts';
import type { StsContext } from '../../sts/sts-context.ts';
import { certificatePem } from '../../certificates/read-certificate.ts';
import { notFound } from '../../sts/not-found.ts';

/** The issuer of delegation tokens, as federation trusts name it (TokenIssuerUri). */
export const gatewayUri = 'urn:federation:MicrosoftOnline';

/** The key that signs now: the token service's own, so that it rolls with it. */
export async function gatewayKey(context: StsContext): Promise<{ certificate: string; privateKey: string }> {
  const current = (await publishedKeys(context)).find(({ signing }) => signing);
  const row = current && (await context.db.selectFrom('signingKey').select('privateKey').where('x5t', '=', current.x5t).executeTakeFirst());
  if (current === undefined || row === undefined) throw notFound('signing key', 'active');
  return { certificate: certificatePem(current.certificate), privateKey: row.privateKey };
}

const federation = 'http://schemas.xmlsoap.org/ws/2006/12/federation';

/**
 * The gateway's metadata: issuer name, token endpoint and certificates, the one that signs now first (WS-Federation,
 * December 2006). Whether the real document holds anything else that Exchange reads is *unverified*.
 */
export async function federationMetadata(context: StsContext): Promise<string> {
  const keys = await publishedKeys(context);
  const writer = createXmlWriter();
  writer.open('fed:FederationMetadata', { 'xmlns:fed': federation, 'xmlns:a': 'http://www.w3.org/2005/08/addressing', 'xmlns:o': 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd', 'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#' });
  writer.open('fed:Federation', { FederationID: gatewayUri });
  for (const key of keys) {
    writer.open('fed:TokenSigningKeyInfo');
    writer.open('o:SecurityTokenReference');
    writer.open('ds:X509Data');
    writer.element('ds:X509Certificate', key.certificate);
    writer.close();
    writer.close();
    writer.close();
  }
  writer.open('fed:IssuerNamesOffered');
  writer.element('fed:IssuerName', '', { Uri: gatewayUri });
  writer.close();
  writer.open('fed:TokenIssuerEndpoint');
  writer.element('a:Address', `${context.publicUrl}/extSTS.srf`);
  writer.close();
  writer.close();
  writer.close();
  return writer.toString();
}
