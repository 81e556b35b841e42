import { createHttpClient } from '../../foundation/index.ts';
import { createStsAdminClient, startSts } from '../../identity/index.ts';
import type { RunningSts, StsAdminClient } from '../../identity/index.ts';
import { adminKey, labPasswordCost, openPartyLogs } from '../lab-context.ts';
import type { LabContext } from '../lab-context.ts';
import { labNames, thisMachine } from '../lab-names.ts';

export interface LabSts {
  running: RunningSts;
  admin: StsAdminClient;
  adminKeyFile: string;
  logs: string;
  close(): Promise<void>;
}

/** Starts the token service under its lab name, and opens its admin API. */
export async function startLabSts(context: LabContext): Promise<LabSts> {
  const { certificate: cert, privateKey: key } = await context.certificates.server('sts', [labNames.sts, labNames.directory, ...thisMachine]);
  const { key: admin, file: adminKeyFile } = adminKey(context, 'sts');
  const logs = openPartyLogs(context, 'sts');
  const httpClient = createHttpClient({ dial: context.network.dialFrom('sts'), ca: context.certificates.ca });
  const running = await startSts({
    stateDirectory: context.folder.path('sts'),
    hostName: labNames.sts,
    public: { cert, key, port: context.ports.sts },
    admin: { cert, key, port: context.ports.stsAdmin },
    adminKey: admin,
    passwordHashCost: labPasswordCost,
    passThrough: { httpClient },
    resolveText: context.network.resolveText,
    clock: context.clockOf('sts'),
    log: logs.log,
    accessLog: logs.accessLog,
  });
  Object.assign(context.ports, { sts: running.ports.public, stsAdmin: running.ports.admin });
  context.network.register(labNames.sts, { host: '127.0.0.1', port: running.ports.public });
  context.network.register(labNames.directory, { host: '127.0.0.1', port: running.ports.admin });
  return {
    running,
    admin: createStsAdminClient({ url: running.urls.admin, httpClient, key: admin }),
    adminKeyFile,
    logs: logs.directory,
    async close() {
      await running.close();
      await httpClient.close();
      await logs.close();
    },
  };
}
