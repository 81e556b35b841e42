import { readFileSync } from 'node:fs';
import { createHttpClient, createRequestId, errorText, systemClock } from '../../foundation/index.ts';
import { connectExchange } from '../../management/index.ts';
import type { LookupOutcome } from '../../doctor/index.ts';
import type { FreeBusySymptom, Symptom } from '../faults/fault.ts';
import { createLabClient } from '../lab-client.ts';
import { labDial } from '../lab-dial.ts';
import { findAccount } from '../lab-info.ts';
import type { LabInfo } from '../lab-info.ts';
import { signInAsOutlook } from './sign-in-as-outlook.ts';

const dayMs = 86_400_000;

/** Does what somebody says does not work, as they do it. */
export function showSymptom(info: LabInfo, symptom: Symptom): Promise<LookupOutcome> {
  if ('signIn' in symptom) return signInAsOutlook(info, symptom.signIn);
  return 'move' in symptom ? validateMoves(info) : lookUp(info, symptom);
}

async function lookUp(info: LabInfo, { asker, whom }: FreeBusySymptom): Promise<LookupOutcome> {
  const client = createLabClient(info);
  const now = systemClock.now();
  try {
    const response = await client.lookUpFreeBusy({
      asker: findAccount(info, asker),
      requestId: createRequestId(),
      authentication: 'Basic',
      request: {
        mailboxes: [{ email: { address: whom }, attendeeType: 'Required', excludeConflicts: false }],
        freeBusyView: { window: { start: now, end: now + dayMs }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
      },
    });
    const [outcome] = response.freeBusy ?? [];
    if (outcome === undefined) return { ok: false, text: 'no answer' };
    return outcome.ok ? { ok: true, detail: 'free/busy came back' } : { ok: false, text: `${outcome.failure.responseCode}: ${outcome.failure.messageText.replaceAll(/\s+/g, ' ')}` };
  } catch (error) {
    return { ok: false, text: errorText(error) };
  } finally {
    await client.close();
  }
}

/** Test-MigrationServerAvailability in the cloud, toward the published address, as the wizard does it. */
async function validateMoves(info: LabInfo): Promise<LookupOutcome> {
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const administrator = (wanted: 'on-premises' | 'cloud'): { userName: string; password: string } => {
    const found = info.accounts.find(({ kind, side }) => kind === 'administrator' && side === wanted);
    return { userName: found?.userName ?? '', password: found?.password ?? '' };
  };
  const cloud = administrator('cloud');
  const authorization = `Basic ${Buffer.from(`${cloud.userName}:${cloud.password}`).toString('base64')}`;
  const session = connectExchange({ url: new URL(info.parties.cloud.urls['admin'] ?? '').origin, httpClient, authorization: () => authorization, tenant: info.tenant.id });
  const { userName: UserName, password: Password } = administrator('on-premises');
  try {
    const [result] = await session.invoke('Test-MigrationServerAvailability', { ExchangeRemoteMove: true, RemoteServer: new URL(info.parties.relay.namedUrls['endpoint'] ?? '').host, Credentials: { UserName, Password } });
    return result?.['Result'] === 'Success' ? { ok: true, detail: 'Result: Success' } : { ok: false, text: `${String(result?.['Message'])} ${String(result?.['ErrorDetail'])}` };
  } finally {
    await httpClient.close();
  }
}
