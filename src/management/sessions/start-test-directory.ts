import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpClient, systemClock, systemDial } from '../../foundation/index.ts';
import type { StsAdminClient } from '../../identity/index.ts';
import { createCertificateAuthority, createStsAdminClient, issueServerCertificate, startSts } from '../../identity/index.ts';
import type { CmdletSession } from './cmdlet-session.ts';
import { createTenantDirectorySession } from './create-tenant-directory-session.ts';

export interface TestDirectory {
  directory: StsAdminClient;
  tenantId: string;
  session: CmdletSession;
  /** The one object that a cmdlet gives; throws where it gives none or more. */
  one(cmdlet: string, parameters?: Record<string, unknown>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** A token service with one empty tenant, of the domains contoso.onmicrosoft.test and contoso.test, and a session on its directory. */
export async function startTestDirectory(): Promise<TestDirectory> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'hybridge-directory-'));
  const authority = await createCertificateAuthority({ commonName: 'Test Root', clock: systemClock });
  const server = await issueServerCertificate(authority, { hosts: ['127.0.0.1'], days: 2, clock: systemClock });
  const listener = { cert: server.certificate, key: server.privateKey };
  const key = 'an-admin-key-of-some-length';
  const sts = await startSts({ stateDirectory, hostName: 'login.cloud.test', public: listener, admin: listener, adminKey: key, passwordHashCost: 16 });
  const httpClient = createHttpClient({ ca: authority.certificate, dial: systemDial });
  const directory = createStsAdminClient({ url: sts.urls.admin, httpClient, key });
  const tenantId = '11111111-2222-3333-4444-555555555555';
  await directory.createTenant({ id: tenantId, displayName: 'Contoso', domains: ['contoso.onmicrosoft.test', 'contoso.test'] });
  const session = createTenantDirectorySession(directory, tenantId);
  return {
    directory,
    tenantId,
    session,
    async one(cmdlet, parameters = {}) {
      const [row, ...more] = await session.invoke(cmdlet, parameters);
      if (row === undefined || more.length > 0) throw new Error(`${cmdlet} gave ${row === undefined ? 'nothing' : more.length + 1}`);
      return row;
    },
    async close() {
      await httpClient.close();
      await sts.close(0);
      rmSync(stateDirectory, { recursive: true });
    },
  };
}
