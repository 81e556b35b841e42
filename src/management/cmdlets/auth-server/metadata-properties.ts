import type { AuthServer } from '../../../organization/index.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** What an AuthServer object takes over from the server's metadata document. */
export async function metadataProperties(context: ExchangeContext, url: string): Promise<Partial<AuthServer>> {
  const metadata = await context.fetchAuthMetadata(url);
  return {
    IssuerIdentifier: metadata.issuerIdentifier,
    Realm: metadata.realm ?? null,
    CertificateStrings: [...metadata.certificates],
    TokenIssuingEndpoint: metadata.tokenIssuingEndpoint ?? null,
    AuthorizationEndpoint: metadata.authorizationEndpoint ?? null,
  };
}

/** What is said where `-TrustAnySSLCertificate` is used. */
export const trustAnyWarning = 'TrustAnySSLCertificate has no effect: metadata is only read from a server whose certificate this organisation trusts. Add its certificate authority to the trusted ones instead.';
