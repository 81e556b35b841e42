import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import { createHttpClient, errorText, systemClock } from '../../foundation/index.ts';
import { createStsAdminClient } from '../../identity/index.ts';
import type { LookupOutcome } from '../../doctor/index.ts';
import { connectExchange, createRelaySession, createTenantDirectorySession } from '../../management/index.ts';
import type { CmdletSession } from '../../management/index.ts';
import { createRelayAdminClient } from '../../relay/index.ts';
import { runSetup, setupSteps, warningsOf } from '../../wizard/index.ts';
import type { FaultSessions } from '../faults/fault.ts';
import { labDial } from '../lab-dial.ts';
import type { LabInfo } from '../lab-info.ts';
import { labNames } from '../lab-names.ts';
import { labSettings } from '../set-up-lab.ts';

/**
 * Runs the OAuth portion of the wizard again, from an administrator's machine, which reaches everything by its name. What
 * fails ends as the wizard's warning. `isDry`: only looks what it would change.
 */
export async function runOAuthPortion(info: LabInfo, { isDry = false }: { isDry?: boolean } = {}): Promise<LookupOutcome> {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const sessions = wizardSessions(info, httpClient);
  try {
    const settings = labSettings({ tenantId: info.tenant.id, organizationGuid: info.organizationGuid, applicationId: info.relayApplicationId, freeBusy: 'both' });
    const reports = await runSetup({ sessions, settings, steps: setupSteps.filter(({ isOAuth }) => isOAuth === true), mayWarn: true, dryRun: isDry, clock: systemClock });
    const [warning] = warningsOf(reports);
    return warning === undefined ? { ok: true, detail: `the OAuth portion is done, ${reports.length} steps` } : { ok: false, text: `${warning.code} ${warning.text} ${warning.cause}` };
  } catch (error) {
    return { ok: false, text: errorText(error) };
  } finally {
    await httpClient.close();
  }
}

/** As an administrator's machine has them, which knows everything by its name. */
export function wizardSessions(info: LabInfo, httpClient: Dispatcher): FaultSessions {
  const { sts, relay } = info.parties;
  const keyOf = (file: string | undefined): string => readFileSync(file ?? '', 'utf8').trim();
  const exchange = (side: 'on-premises' | 'cloud', host: string): CmdletSession => {
    const { userName = '', password = '' } = info.accounts.find((account) => account.kind === 'administrator' && account.side === side) ?? {};
    return connectExchange({ url: `https://${host}:444`, httpClient, authorization: () => `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`, tenant: info.tenant.id });
  };
  return {
    OnPremises: exchange('on-premises', labNames.onPremises.mail),
    Cloud: exchange('cloud', labNames.cloud.mail),
    Tenant: createTenantDirectorySession(createStsAdminClient({ url: new URL(sts.namedUrls['admin'] ?? '').origin, httpClient, key: keyOf(sts.adminKeyFile) }), info.tenant.id),
    Relay: createRelaySession(createRelayAdminClient({ url: relay.urls['admin'] ?? '', httpClient, key: keyOf(relay.adminKeyFile) })),
  };
}
