import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import { createHttpClient, HybridgeError, systemClock } from '../../../foundation/index.ts';
import type { FreeBusyCase } from '../../../doctor/index.ts';
import { findAccount, labDial, showSymptom } from '../../../lab/index.ts';
import type { LabInfo } from '../../../lab/index.ts';

export type DoctorFreeBusyErrorCode = 'CLI_DOCTOR_PERSON';

export interface FreeBusyPlace {
  /** The lab that is asked; absent where other organisations are. */
  info: LabInfo | undefined;
  sessions: FreeBusyCase['sessions'];
  httpClient: Dispatcher;
}

export interface OpenFreeBusyCase {
  given: FreeBusyCase;
  close(): Promise<void>;
}

/** One person asks for another: by names of the lab's accounts, or by addresses. @throws HybridgeError `CLI_DOCTOR_PERSON` */
export async function openFreeBusyCase({ info, sessions, httpClient }: FreeBusyPlace, { from, to }: { from: string; to: string }): Promise<OpenFreeBusyCase> {
  const asker = info === undefined ? from : findAccount(info, from).address;
  // Anything with an @ may be anybody's.
  const whom = info === undefined || to.includes('@') ? to : findAccount(info, to).address;
  const askingSide = await sideOf(asker, sessions);
  // Servers on premises go out by their own network; what they cannot reach may be there for others.
  const own = info !== undefined && askingSide === 'OnPremises' ? createHttpClient({ dial: labDial(info, 'onPremises'), ca: readFileSync(info.caFile, 'utf8') }) : undefined;
  return {
    given: { asker, whom, askingSide, sessions, httpClient: own ?? httpClient, ...(info === undefined ? {} : { elsewhere: httpClient, lookUp: () => showSymptom(info, { asker, whom }) }), clock: systemClock },
    close: async () => own?.close(),
  };
}

/** Where the person has a mailbox. */
async function sideOf(address: string, sessions: FreeBusyCase['sessions']): Promise<FreeBusyCase['askingSide']> {
  for (const side of ['Cloud', 'OnPremises'] as const) {
    const found = (await sessions[side]?.invoke('Get-Mailbox', { Identity: address }).catch(() => [])) ?? [];
    if (found.length > 0) return side;
  }
  throw new HybridgeError<DoctorFreeBusyErrorCode>('CLI_DOCTOR_PERSON', `No organisation that is connected has a mailbox ${address}.`, { remedy: 'Check --from, and that the lab or the file of connections names the side on which the mailbox is.' });
}
