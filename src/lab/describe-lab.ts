import type { LabContext } from './lab-context.ts';
import type { LabAccount, LabInfo } from './lab-info.ts';
import { labNames } from './lab-names.ts';
import type { LabParties } from './lab-parties.ts';

export interface DescribeLabOptions {
  context: LabContext;
  accounts: readonly LabAccount[];
  processId: number;
  parties: LabParties;
  /** The door by which the lab's world is changed. */
  conditions: LabInfo['conditions'];
  hybridApplication: LabInfo['hybridApplication'];
}

/** What programs outside need to know of a lab that runs. */
export function describeLab({ context, accounts, parties, processId, conditions, hybridApplication }: DescribeLabOptions): LabInfo {
  const { tenantId, applicationId } = context.state;
  const local = (port: number, path = ''): string => `https://localhost:${port}${path}`;
  const premisesInfo = (side: 'onPremises' | 'cloud'): LabInfo['parties']['cloud'] => {
    const { running, logs } = parties[side].current();
    const { mail, autodiscover, smtp } = labNames[side];
    return {
      urls: {
        ews: local(running.ports.public, '/EWS/Exchange.asmx'),
        autodiscover: local(running.ports.public, '/autodiscover/autodiscover.svc'),
        admin: local(running.ports.admin, `/adminapi/beta/${tenantId}/InvokeCommand`),
        metrics: local(running.ports.admin, '/metrics'),
      },
      namedUrls: { ews: `https://${mail}/EWS/Exchange.asmx`, autodiscover: `https://${autodiscover}/autodiscover/autodiscover.svc`, smtp: `smtp://${smtp}` },
      logs,
      tenant: tenantId,
    };
  };
  const [sts, relay, agent] = [parties.sts.current(), parties.relay.current(), parties.agent.current()];
  const stsPort = sts.running.ports.public;
  return {
    version: 1,
    processId,
    startedAt: new Date(context.clock.now()).toISOString(),
    stateDirectory: context.folder.directory,
    caFile: context.certificates.caFile,
    tenant: { id: tenantId, domain: labNames.tenantDomain, coexistenceDomain: labNames.coexistenceDomain },
    organizationGuid: context.state.organizationGuid,
    relayApplicationId: applicationId,
    freeBusy: context.state.freeBusy,
    hybridApplication,
    lookUpDeadlineMs: context.lookUpTimeouts?.deadlineMs ?? 25_000,
    parties: {
      onPremises: premisesInfo('onPremises'),
      cloud: premisesInfo('cloud'),
      sts: {
        urls: {
          authority: local(stsPort, `/${tenantId}`),
          token: local(stsPort, `/${tenantId}/oauth2/token`),
          openidConfiguration: local(stsPort, `/${tenantId}/.well-known/openid-configuration`),
          metadata: local(stsPort, `/${tenantId}/metadata/json/1`),
          admin: local(sts.running.ports.admin, '/admin'),
          metrics: local(sts.running.ports.admin, '/metrics'),
        },
        namedUrls: { authority: `https://${labNames.sts}/${tenantId}`, token: `https://${labNames.sts}/${tenantId}/oauth2/token`, admin: `https://${labNames.directory}/admin` },
        logs: sts.logs,
        tenant: tenantId,
        adminKeyFile: sts.adminKeyFile,
      },
      relay: {
        urls: {
          endpoint: `https://${applicationId}.localhost:${relay.running.port}/EWS/Exchange.asmx`,
          enrolment: local(relay.running.port),
          admin: local(relay.running.adminPort),
          metrics: local(relay.running.adminPort, '/metrics'),
        },
        namedUrls: { endpoint: `https://${applicationId}.${labNames.relay}/EWS/Exchange.asmx` },
        logs: relay.logs,
        tenant: tenantId,
        adminKeyFile: relay.adminKeyFile,
      },
      agent: {
        urls: { ready: `${agent.adminUrl}/readyz`, metrics: `${agent.adminUrl}/metrics` },
        namedUrls: {},
        logs: agent.logs,
        tenant: tenantId,
      },
    },
    accounts: [...accounts],
    network: context.network.state().names,
    conditions,
  };
}
