import { hybridEndpointHost, targetSharingEpr } from '../hybrid-endpoint.ts';
import type { SetupStep } from '../plan.ts';
import { applicationUriOf, ensureRelationship, sharedProperties } from './ensure-relationship.ts';

/** In the cloud: the relationship with the on-premises organisation. Its people are looked up, and its Autodiscover is asked, through the relay's endpoint. */
export const cloudRelationship: SetupStep = {
  id: 'cloud-relationship',
  title: 'Organization relationship with the on-premises organisation',
  why: "Cloud users' lookups of on-premises people go over delegated federation.",
  publishedCode: 'HCW8034',
  changes: (view) =>
    ensureRelationship(view, {
      session: 'Cloud',
      name: `O365 to On-premises - ${view.settings.organizationGuid}`,
      wanted: async () => ({
        ...sharedProperties,
        DomainNames: [...view.settings.hybridDomains],
        TargetApplicationUri: await applicationUriOf(view, 'OnPremises', view.settings.hybridDomains[0] ?? ''),
        TargetAutodiscoverEpr: view.settings.topology === 'Classic' ? `${view.settings.onPremisesDiscoveryEndpoint}/WSSecurity` : `https://${await hybridEndpointHost(view)}/autodiscover/autodiscover.svc/WSSecurity`,
        TargetSharingEpr: await targetSharingEpr(view),
      }),
    }),
};
