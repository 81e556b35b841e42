import type { Dispatcher } from 'undici';
import { createHttpClient, errorCode, HybridgeError, systemClock } from '../../../foundation/index.ts';
import type { FreeBusyCase, LookupOutcome } from '../../../doctor/index.ts';
import { findAccount, labDial, showSymptom } from '../../../lab/index.ts';
import type { LabInfo } from '../../../lab/index.ts';
import { lookUpByEws } from './ews-access.ts';

export type DoctorFreeBusyErrorCode = 'CLI_DOCTOR_PERSON';

export interface FreeBusyPlace {
  /** The lab that is asked; absent where other organisations are. */
  info: LabInfo | undefined;
  sessions: FreeBusyCase['sessions'];
  httpClient: Dispatcher;
  /** How this machine dials, and the authorities that it trusts. */
  network: NonNullable<FreeBusyCase['network']>;
  /** Credentials of who asks, at an address of EWS; they come before the lab's. */
  access?: { url: URL; authorization: string } | undefined;
}

export interface OpenFreeBusyCase {
  given: FreeBusyCase;
  close(): Promise<void>;
}

/** One person asks for another: by names of the lab's accounts, or by addresses. @throws HybridgeError `CLI_DOCTOR_PERSON`, `CLI_DOCTOR_CREDENTIALS` */
export async function openFreeBusyCase({ info, sessions, httpClient, network, access }: FreeBusyPlace, { from, to }: { from: string; to: string }): Promise<OpenFreeBusyCase> {
  const asker = info === undefined ? from : findAccount(info, from).address;
  // Anything with an @ may be anybody's.
  const whom = info === undefined || to.includes('@') ? to : findAccount(info, to).address;
  const askingSide = access !== undefined && sessions.Cloud === undefined && sessions.OnPremises === undefined ? sideOfHost(access.url) : await sideOf(asker, sessions);
  // Refused credentials end it here: there is nothing to diagnose.
  let known = access === undefined ? undefined : await lookUpByEws({ ...access, httpClient }, whom);
  const lookUp = async (at: NonNullable<typeof access>): Promise<LookupOutcome> => {
    const first = known;
    known = undefined;
    return first ?? lookUpByEws({ ...at, httpClient }, whom);
  };
  // Servers on premises go out by their own network; what they cannot reach may be there for others.
  const ownNetwork = info !== undefined && askingSide === 'OnPremises' ? { dial: labDial(info, 'onPremises'), ca: network.ca } : undefined;
  const own = ownNetwork === undefined ? undefined : createHttpClient(ownNetwork);
  return {
    given: { asker, whom, askingSide, sessions, httpClient: own ?? httpClient, network: ownNetwork ?? network, ...(info === undefined ? {} : { elsewhere: httpClient, lookUp: () => showSymptom(info, { asker, whom }) }), ...(access === undefined ? {} : { lookUp: () => lookUp(access) }), clock: systemClock },
    close: async () => own?.close(),
  };
}

/** Whose address it is, where nothing but the address is known. */
function sideOfHost({ hostname }: URL): FreeBusyCase['askingSide'] {
  return /(?:^|\.)(?:outlook\.(?:office365|office|cloud)|office365)\.[a-z.]+$|\.outlook\.com$/i.test(hostname) ? 'Cloud' : 'OnPremises';
}

/** Where the person has a mailbox; of two sides that do not answer nobody knows. */
async function sideOf(address: string, sessions: FreeBusyCase['sessions']): Promise<FreeBusyCase['askingSide']> {
  const silent: FreeBusyCase['askingSide'][] = [];
  for (const side of ['Cloud', 'OnPremises'] as const) {
    const found = await sessions[side]?.invoke('Get-Mailbox', { Identity: address }).catch((error: unknown) => {
      if (errorCode(error) === 'MANAGEMENT_UNREACHABLE') silent.push(side);
      return [];
    });
    if (found !== undefined && found.length > 0) return side;
  }
  // Whoever is not of the side that answers is of the one that does not.
  const [only] = silent;
  if (only !== undefined && silent.length === 1) return only;
  throw new HybridgeError<DoctorFreeBusyErrorCode>('CLI_DOCTOR_PERSON', `No organisation that is connected has a mailbox ${address}.`, { remedy: 'Check --from, and that the lab or the file of connections names the side on which the mailbox is.' });
}
