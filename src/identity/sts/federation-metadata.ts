import { createXmlWriter } from '../../xml/index.ts';
import { publishedKeys } from './signing-keys.ts';
import { issuerOfTenant } from './sts-context.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';

const metadata = 'urn:oasis:names:tc:SAML:2.0:metadata';
const federation = 'http://docs.oasis-open.org/wsfed/federation/200706';

/**
 * The federation metadata document of a tenant, which `Set-AuthServer -AuthMetadataUrl` reads for `EvoSts`: the issuer and
 * the signing certificates, as "Azure AD Federation Metadata" (Microsoft Learn) describes them. Without a
 * `PassiveRequestorEndpoint`, since nothing answers WS-Federation or SAML sign-in here; unsigned, TLS vouches for it.
 */
export async function federationMetadata(context: StsContext, tenant: StsTenant): Promise<string> {
  const keys = await publishedKeys(context);
  const writer = createXmlWriter();
  writer.open('EntityDescriptor', { xmlns: metadata, entityID: issuerOfTenant(context, tenant.id) });
  writer.open('RoleDescriptor', {
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xmlns:fed': federation,
    'xsi:type': 'fed:SecurityTokenServiceType',
    protocolSupportEnumeration: federation,
  });
  for (const { certificate } of keys) {
    writer.open('KeyDescriptor', { use: 'signing' });
    writer.open('KeyInfo', { xmlns: 'http://www.w3.org/2000/09/xmldsig#' });
    writer.open('X509Data');
    writer.element('X509Certificate', certificate);
    writer.close();
    writer.close();
    writer.close();
  }
  writer.close();
  writer.close();
  return writer.toString();
}
