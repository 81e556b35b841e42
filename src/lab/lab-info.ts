import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { freeBusyTrusts } from '../wizard/index.ts';
import { LabError } from './lab-error.ts';
import { isAlive } from './lab-state.ts';

/** One account of the lab. */
export const accountSchema = z.object({
  displayName: z.string(),
  /** Primary SMTP address; also the name to look up. */
  address: z.string(),
  addresses: z.array(z.string()),
  side: z.enum(['on-premises', 'cloud']),
  kind: z.enum(['user', 'room', 'administrator']),
  timeZone: z.string(),
  /** Absent on rooms: nobody signs in as a room. */
  userName: z.string().optional(),
  password: z.string().optional(),
});

const party = z.object({
  /** URLs that work from this machine as they are. */
  urls: z.record(z.string(), z.string()),
  /** The same under the names by which the parties know one another; they resolve inside the lab only. */
  namedUrls: z.record(z.string(), z.string()),
  /** Folder with `access.jsonl`, `u_ex….log` (W3C, UTC) and `party.jsonl`. */
  logs: z.string(),
  tenant: z.string().optional(),
  /** File that holds the key of the party's admin API (`Authorization: Bearer …`). */
  adminKeyFile: z.string().optional(),
});

const schema = z.object({
  version: z.literal(1),
  processId: z.number().int(),
  startedAt: z.string(),
  stateDirectory: z.string(),
  /** PEM; everything in the lab has a certificate of this authority. */
  caFile: z.string(),
  tenant: z.object({ id: z.string(), domain: z.string(), coexistenceDomain: z.string() }),
  /** In the names that the wizard gives. */
  organizationGuid: z.string(),
  relayApplicationId: z.string(),
  /** By which trust free/busy crosses. */
  freeBusy: z.enum(freeBusyTrusts),
  parties: z.object({ onPremises: party, cloud: party, sts: party, relay: party, agent: party }),
  accounts: z.array(accountSchema),
  /** As what servers on premises call the cloud. */
  hybridApplication: z.enum(['shared', 'dedicated']),
  /** How long organisations wait for one another's answer to a lookup. */
  lookUpDeadlineMs: z.number().int(),
  /** The lab's own door, by which its world is changed; the file holds its key. */
  conditions: z.object({ url: z.string(), keyFile: z.string() }),
  /** The lab's DNS: `name:port` and where it leads. */
  network: z.array(z.object({ name: z.string(), host: z.string(), port: z.number() })),
});

/** All that programs outside need to know of a running lab. It holds the passwords of the lab's generated people. */
export type LabInfo = z.infer<typeof schema>;
export type LabAccount = z.infer<typeof accountSchema>;

export function writeLabInfo(directory: string, info: LabInfo): void {
  writeFileSync(join(directory, 'running.json'), `${JSON.stringify(info, undefined, 2)}\n`, { mode: 0o600 });
}

export function removeLabInfo(directory: string): void {
  rmSync(join(directory, 'running.json'), { force: true });
}

/**
 * Reads what the lab that runs from this folder wrote about itself.
 *
 * @throws LabError `LAB_NOT_RUNNING` when none does
 */
export function readLabInfo(directory: string): LabInfo {
  const file = join(directory, 'running.json');
  const parsed = existsSync(file) ? schema.safeParse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (parsed?.success !== true || !isAlive(parsed.data.processId)) {
    throw new LabError('LAB_NOT_RUNNING', `No lab is running from ${directory}.`, { remedy: 'Start one with npm start, or name its folder with --state.' });
  }
  return parsed.data;
}

/** The account that an address or alias means. */
export function findAccount(info: LabInfo, name: string): LabAccount {
  const wanted = name.toLowerCase();
  const found = info.accounts.find((entry) => entry.addresses.some((address) => address.toLowerCase() === wanted) || entry.address.toLowerCase().split('@')[0] === wanted);
  if (found === undefined) {
    throw new LabError('LAB_UNKNOWN_ACCOUNT', `The lab has no account ${name}.`, { remedy: 'See the accounts with: npx hybridge lab info' });
  }
  return found;
}
