import { createHttpClient } from '../foundation/index.ts';
import type { StsAdminClient } from '../identity/index.ts';
import { connectExchange, createRelaySession, createTenantDirectorySession } from '../management/index.ts';
import type { RelayAdminClient } from '../relay/index.ts';
import { runSetup, setupSteps } from '../wizard/index.ts';
import type { SetupSettings, StepReport } from '../wizard/index.ts';
import { dedicateApplication } from './dedicate-application.ts';
import { joinMail } from './join-mail.ts';
import type { LabContext } from './lab-context.ts';
import type { LabAccount } from './lab-info.ts';
import { labNames } from './lab-names.ts';
import type { LabState } from './lab-state.ts';
import { gatewayMetadataUrl, metadataUrls } from './seed-lab.ts';

export interface SetUpLabOptions {
  context: LabContext;
  accounts: readonly LabAccount[];
  sts: StsAdminClient;
  relay: RelayAdminClient;
  /** Servers on premises call the cloud as an application of the organisation's own. Default: as they did. */
  isDedicated?: boolean;
  signal?: AbortSignal;
  onStep: (report: StepReport) => void;
}

/** Runs the wizard's steps against the lab's parties, through the doors that an administrator has. */
export async function setUpLab(options: SetUpLabOptions): Promise<void> {
  const { context, accounts } = options;
  const { state, network, certificates } = context;
  const httpClient = createHttpClient({ dial: network.dialFrom('outside'), ca: certificates.ca });
  const exchangeSession = (side: 'on-premises' | 'cloud', url: string): ReturnType<typeof connectExchange> => {
    const administrator = accounts.find((account) => account.kind === 'administrator' && account.side === side);
    const credentials = Buffer.from(`${administrator?.userName ?? ''}:${administrator?.password ?? ''}`).toString('base64');
    return connectExchange({ url, httpClient, authorization: () => `Basic ${credentials}`, tenant: state.tenantId });
  };
  const onPremises = exchangeSession('on-premises', `https://${labNames.onPremises.mail}:444`);
  const cloud = exchangeSession('cloud', `https://${labNames.cloud.mail}:444`);
  try {
    await runSetup({
      steps: setupSteps,
      sessions: {
        OnPremises: onPremises,
        Cloud: cloud,
        Tenant: createTenantDirectorySession(options.sts, state.tenantId),
        Relay: createRelaySession(options.relay),
      },
      settings: labSettings(state),
      publishText: async ({ name, text }) => network.publishText(name, text),
      onStep: options.onStep,
      clock: context.clock,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    await joinMail(onPremises, cloud);
    if (options.isDedicated === true) await dedicateApplication({ onPremises, cloud, sts: options.sts, tenantId: state.tenantId, organizationGuid: state.organizationGuid });
  } finally {
    await httpClient.close();
  }
}

/** What the lab's administrator decides. */
export function labSettings({ tenantId, organizationGuid, applicationId, freeBusy }: Pick<LabState, 'tenantId' | 'organizationGuid' | 'applicationId' | 'freeBusy'>): SetupSettings {
  return {
    configuration: 'Full',
    topology: 'Modern',
    freeBusy,
    tenantId,
    organizationGuid,
    hybridDomains: [labNames.domain],
    coexistenceDomain: labNames.coexistenceDomain,
    initialDomain: labNames.tenantDomain,
    migrationHost: labNames.onPremises.mail,
    transfer: [],
    dedicatedApplication: false,
    // Moves are set up by whoever wants to try them.
    hasMigrationAccount: false,
    cloudDiscoveryEndpoint: `https://${labNames.cloud.autodiscover}/autodiscover/autodiscover.svc`,
    cloudEwsEndpoint: undefined,
    onPremisesDiscoveryEndpoint: `https://${labNames.onPremises.autodiscover}/autodiscover/autodiscover.svc`,
    onPremisesHosts: [labNames.onPremises.mail, labNames.onPremises.autodiscover],
    cloudHosts: [labNames.cloud.mail, labNames.cloud.autodiscover],
    acsMetadataUrl: metadataUrls(tenantId).acs,
    evoStsMetadataUrl: metadataUrls(tenantId).evoSts,
    gatewayMetadataUrl,
    hybridApplicationId: applicationId,
    hybridTargetUri: `https://${labNames.onPremises.mail}`,
    installsAgent: false,
    mail: undefined,
  };
}
