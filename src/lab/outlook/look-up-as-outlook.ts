import { readFileSync } from 'node:fs';
import { createHttpClient, createRequestId, errorText, systemClock } from '../../foundation/index.ts';
import type { LookupOutcome } from '../../doctor/index.ts';
import { getPoxSettings, getUserAvailability } from '../../ews/index.ts';
import type { EwsClient } from '../../ews/index.ts';
import { labDial } from '../lab-dial.ts';
import { findAccount } from '../lab-info.ts';
import type { LabInfo } from '../lab-info.ts';

const dayMs = 86_400_000;

/** Looks free/busy up as Outlook does: Autodiscover tells where the Availability service is, and that is asked. */
export async function lookUpAsOutlook(info: LabInfo, { asker, whom }: { asker: string; whom: string }): Promise<LookupOutcome> {
  const account = findAccount(info, asker);
  const party = account.side === 'cloud' ? info.parties.cloud : info.parties.onPremises;
  const httpClient = createHttpClient({ dial: labDial(info), ca: readFileSync(info.caFile, 'utf8') });
  const authorization = `Basic ${Buffer.from(`${account.userName ?? ''}:${account.password ?? ''}`).toString('base64')}`;
  const common: Omit<EwsClient, 'url'> = { httpClient, authorization: () => authorization, userAgent: 'Hybridge lab client', requestId: createRequestId() };
  try {
    const url = await discover({ ...common, url: new URL('/autodiscover/autodiscover.xml', party.namedUrls['autodiscover']).href }, account.address);
    if (url === undefined) return { ok: false, text: 'Failed to get ASURL. Error 8004010F' };
    const now = systemClock.now();
    const { freeBusy } = await getUserAvailability({ ...common, url }, { mailboxes: [{ email: { address: whom }, attendeeType: 'Required', excludeConflicts: false }], freeBusyView: { window: { start: now, end: now + dayMs }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' } });
    const [outcome] = freeBusy ?? [];
    if (outcome === undefined) return { ok: false, text: 'no answer' };
    return outcome.ok ? { ok: true, detail: 'free/busy came back' } : { ok: false, text: `${outcome.failure.responseCode}: ${outcome.failure.messageText.replaceAll(/\s+/g, ' ')}` };
  } catch (error) {
    return { ok: false, text: errorText(error) };
  } finally {
    await httpClient.close();
  }
}

/** `ASUrl` of the person's Autodiscover answer; whatever goes wrong on the way, Outlook says only that it has none. */
async function discover(client: EwsClient, address: string): Promise<string | undefined> {
  return getPoxSettings(client, address).then(({ availabilityUrl }) => availabilityUrl, () => undefined);
}
