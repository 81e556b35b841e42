import type { SetupStep } from '../plan.ts';
import { applicationUriOf, ensureRelationship, sharedProperties } from './ensure-relationship.ts';

/** On premises: the relationship with the cloud organisation, whose people are known by their addresses of the routing domain. */
export const onPremisesRelationship: SetupStep = {
  id: 'on-premises-relationship',
  title: 'Organization relationship with the cloud',
  why: "On-premises users' lookups of cloud people go over delegated federation.",
  publishedCode: 'HCW8034',
  changes: (view) =>
    ensureRelationship(view, {
      session: 'OnPremises',
      name: `On-premises to O365 - ${view.settings.organizationGuid}`,
      wanted: async () => ({
        ...sharedProperties,
        MailboxMoveEnabled: true,
        ArchiveAccessEnabled: true,
        DomainNames: [view.settings.coexistenceDomain],
        TargetApplicationUri: await applicationUriOf(view, 'Cloud', view.settings.coexistenceDomain),
        TargetAutodiscoverEpr: `${view.settings.cloudDiscoveryEndpoint}/WSSecurity`,
      }),
    }),
};
