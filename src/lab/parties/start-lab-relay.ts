import { createHttpClient } from '../../foundation/index.ts';
import { createRelayAdminClient, startRelay } from '../../relay/index.ts';
import type { RelayAdminClient, RunningRelay } from '../../relay/index.ts';
import { adminKey, openPartyLogs } from '../lab-context.ts';
import type { LabContext } from '../lab-context.ts';
import { labNames, thisMachine } from '../lab-names.ts';

export interface LabRelay {
  running: RunningRelay;
  admin: RelayAdminClient;
  adminKeyFile: string;
  logs: string;
  close(): Promise<void>;
}

/**
 * Starts the relay under its lab name, and publishes the on-premises organisation's endpoint on it. `localhost` is a
 * second relay domain, so that outside clients on this machine reach `<guid>.localhost` by the port.
 */
export async function startLabRelay(context: LabContext): Promise<LabRelay> {
  const { applicationId, tenantId } = context.state;
  const certificate = await context.certificates.server('relay', [labNames.relay, `*.${labNames.relay}`, `${applicationId}.localhost`, ...thisMachine]);
  const { key, file: adminKeyFile } = adminKey(context, 'relay');
  const logs = openPartyLogs(context, 'relay');
  const running = await startRelay({
    stateDirectory: context.folder.path('relay'),
    domains: [labNames.relay, 'localhost'],
    certificates: [certificate],
    listen: { port: context.ports.relay },
    admin: { port: context.ports.relayAdmin, key },
    externalPort: 443,
    clock: context.clockOf('relay'),
    dial: context.network.dialFrom('relay'),
    tokenIssuersCa: context.certificates.ca,
    log: logs.log,
    accessLog: logs.accessLog,
  });
  Object.assign(context.ports, { relay: running.port, relayAdmin: running.adminPort });
  for (const name of [labNames.relay, `*.${labNames.relay}`]) context.network.register(name, { host: '127.0.0.1', port: running.port });
  const httpClient = createHttpClient({ dial: context.network.dialFrom('outside'), ca: context.certificates.ca });
  const admin = createRelayAdminClient({ url: running.urls.admin, httpClient, key });
  await publishOnPremises(admin, tenantId, applicationId);
  return {
    running,
    admin,
    adminKeyFile,
    logs: logs.directory,
    async close() {
      await httpClient.close();
      await running.close(5_000);
      await logs.close();
    },
  };
}

/** What a tenant's administrator does on the relay before the first agent: the tenant, and the application with its target. */
async function publishOnPremises(admin: RelayAdminClient, tenantId: string, applicationId: string): Promise<void> {
  if (!(await admin.listTenants()).some((tenant) => tenant.id === tenantId)) await admin.createTenant({ id: tenantId, name: labNames.company });
  if ((await admin.listApplications(tenantId)).some((application) => application.id === applicationId)) return;
  await admin.createApplication(tenantId, { id: applicationId, name: 'Exchange', targets: [{ url: `https://${labNames.onPremises.mail}` }] });
}
