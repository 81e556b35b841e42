import type { FederationTrust } from '../../../organization/index.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** Microsoft's own gateway. */
export const gatewayMetadataUrl = 'https://nexus.microsoftonline-p.com/FederationMetadata/2006-12/FederationMetadata.xml';

/** What a federation trust takes over from the gateway's metadata. A certificate that is no longer the current one stays as the previous one. */
export async function gatewayProperties(context: ExchangeContext, url: string, former?: FederationTrust): Promise<Partial<FederationTrust>> {
  const { issuerUri, tokenEndpoint, certificates } = await context.federation.fetchMetadata(url);
  const [current = null, other] = certificates;
  const replaced = former?.TokenIssuerCertificate ?? null;
  const previous = other ?? (replaced === current ? (former?.TokenIssuerPrevCertificate ?? null) : replaced);
  return {
    TokenIssuerUri: issuerUri,
    TokenIssuerEpr: tokenEndpoint,
    TokenIssuerMetadataEpr: url,
    // Microsoft's registration service has a host of its own.
    TokenIssuerManageEpr: new URL(url).host === new URL(gatewayMetadataUrl).host ? 'https://domains.live.com/service/managedelegation2.asmx' : new URL('/service/managedelegation2.asmx', tokenEndpoint).href,
    TokenIssuerCertificate: current,
    TokenIssuerPrevCertificate: previous,
  };
}
