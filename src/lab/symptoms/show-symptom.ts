import { readFileSync } from 'node:fs';
import { createHttpClient, errorText } from '../../foundation/index.ts';
import { connectExchange } from '../../management/index.ts';
import type { LookupOutcome } from '../../doctor/index.ts';
import type { Symptom } from '../faults/fault.ts';
import { labDial } from '../lab-dial.ts';
import type { LabInfo } from '../lab-info.ts';
import { lookUpAsOutlook } from '../outlook/look-up-as-outlook.ts';
import { runOAuthPortion } from './run-oauth-portion.ts';
import { signInAsOutlook } from '../outlook/sign-in-as-outlook.ts';

/** Does what somebody says does not work, as they do it. */
export function showSymptom(info: LabInfo, symptom: Symptom): Promise<LookupOutcome> {
  if ('signIn' in symptom) return signInAsOutlook(info, symptom.signIn);
  if ('watched' in symptom) return Promise.resolve({ ok: true, detail: 'nobody complains' });
  if ('setUp' in symptom) return runOAuthPortion(info);
  return 'move' in symptom ? validateMoves(info) : lookUpAsOutlook(info, symptom);
}

/** Test-MigrationServerAvailability in the cloud, toward the migration endpoint that the wizard made, or the published address. */
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
    const [endpoint] = await session.invoke('Get-MigrationEndpoint');
    const known = endpoint?.['RemoteServer'];
    const RemoteServer = typeof known === 'string' ? known : new URL(info.parties.relay.namedUrls['endpoint'] ?? '').host;
    const [result] = await session.invoke('Test-MigrationServerAvailability', { ExchangeRemoteMove: true, RemoteServer, Credentials: { UserName, Password } });
    return result?.['Result'] === 'Success' ? { ok: true, detail: 'Result: Success' } : { ok: false, text: `${String(result?.['Message'])} ${String(result?.['ErrorDetail'])}` };
  } catch (error) {
    return { ok: false, text: errorText(error) };
  } finally {
    await httpClient.close();
  }
}
