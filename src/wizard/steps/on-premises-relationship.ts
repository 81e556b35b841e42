import type { SetupSettings, SetupStep } from '../plan.ts';
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
        ...targetOfApplication(view.settings),
      }),
    }),
};

/** Servers that call as the dedicated application want to be told where EWS is (published set-up of that application). */
function targetOfApplication({ dedicatedApplication, freeBusy, cloudEwsEndpoint }: SetupSettings): { TargetSharingEpr?: string } {
  return dedicatedApplication && freeBusy === 'both' && cloudEwsEndpoint !== undefined ? { TargetSharingEpr: cloudEwsEndpoint } : {};
}
