import type { Dispatcher } from 'undici';
import { getFederationInformation, getOrganizationRelationshipSettings } from '../ews/index.ts';
import { createRequestId } from '../foundation/index.ts';
import type { Clock } from '../foundation/index.ts';
import { createDelegationRegistration, fetchFederationMetadata, IdentityError } from '../identity/index.ts';
import type { FederationMeans } from '../management/index.ts';
import type { Federation } from './federation.ts';

/** How this organisation's cmdlets reach gateways and other organisations. */
export function federationMeans({ httpClient, clock, federation }: { httpClient: Dispatcher; clock: Clock; federation: Federation }): FederationMeans {
  return {
    fetchMetadata: (url) => fetchFederationMetadata(url, httpClient),
    manager: (url, signer) => createDelegationRegistration({ url, signer, httpClient, clock }),
    async requestToken(targetApplicationUri, action, recipient) {
      await federation.getDelegation({ targetApplicationUri, action, requester: { recipient, origin: 'local' }, requestId: createRequestId() });
    },
    async remoteRelationships({ targetApplicationUri, autodiscoverEpr, domains }, recipient) {
      const requestId = createRequestId();
      const secure = await federation.getDelegation({ targetApplicationUri, action: 'MSExchange.Autodiscover', requester: { recipient, origin: 'local' }, requestId });
      const url = /\/wssecurity\/?$/i.test(autodiscoverEpr) ? autodiscoverEpr : `${autodiscoverEpr}/WSSecurity`;
      // As IIS logs have it.
      const client = { url, httpClient, authorization: () => '', secure, userAgent: 'TestOrganizationRelationship/1.1', requestId, timeoutMs: 15_000 };
      const answer = await getOrganizationRelationshipSettings(client, domains);
      if (answer.ok) return answer.relationships;
      throw new IdentityError('IDENTITY_METADATA_UNAVAILABLE', `The remote organization answered ${answer.errorCode.slice(0, 64)}.`, { facts: { url } });
    },
    validateOwnToken: (recipient) => federation.validateOwnToken(recipient),
    async federationInformation(domain, endpoint) {
      // The published order of Autodiscover's places: the domain's own host, then `autodiscover.`; ours asks the likelier first.
      const endpoints = endpoint === undefined ? [`https://autodiscover.${domain}/autodiscover/autodiscover.svc`, `https://${domain}/autodiscover/autodiscover.svc`] : [endpoint];
      let failure: unknown;
      for (const url of endpoints) {
        try {
          const client = { url, httpClient, authorization: () => '', userAgent: 'Hybridge/FederationInformation', requestId: createRequestId(), timeoutMs: 15_000 };
          const answer = await getFederationInformation(client, domain);
          if (!answer.ok) throw new IdentityError('IDENTITY_METADATA_UNAVAILABLE', `The remote organization answered ${answer.errorCode.slice(0, 64)}.`, { facts: { url, domain } });
          const { applicationUri, domains, tokenIssuers } = answer.information;
          return { applicationUri, domains, tokenIssuerUris: tokenIssuers.flatMap(({ uri }) => uri ?? []), endpoint: url };
        } catch (error) {
          failure ??= error;
        }
      }
      if (failure instanceof IdentityError) throw failure;
      throw new IdentityError('IDENTITY_METADATA_UNAVAILABLE', `Federation information could not be received from the external organization ${domain}.`, { facts: { domain, endpoints }, cause: failure });
    },
  };
}
