import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readCertificate } from '../../identity/index.ts';
import { readClixmlObjects } from '../../management/index.ts';
import { textOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { SessionName } from '../plan.ts';
import { WizardError } from '../wizard-error.ts';
import type { Seen, Snapshot } from './snapshot.ts';
import { readings } from './snapshot.ts';

export interface Evidence {
  snapshot: Snapshot;
  /** `OnPremises Get-AuthServer`: what was not collected of a side of which something was; taken as empty. */
  missing: readonly string[];
}

/** `OnPremises.Get-AuthServer.xml`, as `hybridge collect` names it; `GetAuthServer.xml` is one of the on-premises side. */
const fileName = /^(?:(?<session>OnPremises|Cloud|Tenant|Relay)\.)?(?<verb>Get|Export)-?(?<noun>[A-Za-z]+)\.(?<format>xml|json)$/i;
const mostBytes = 256 * 1024 * 1024;
const sessionNames = { onpremises: 'OnPremises', cloud: 'Cloud', tenant: 'Tenant', relay: 'Relay' } as const satisfies Record<string, SessionName>;
const jsonSchema = z.union([z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown()).transform((one) => [one])]);

/**
 * What was collected of organisations that are not connected: files, or folders of them, of `Export-Clixml` or
 * `ConvertTo-Json`. Files of other names are left alone.
 *
 * @throws WizardError `WIZARD_NOT_COLLECTED` where nothing usable is there, or a file cannot be read
 */
export function readEvidence(paths: readonly string[], takenAt: string): Evidence {
  const sides = new Map<SessionName, Record<string, Seen>>();
  for (const file of paths.flatMap(filesAt)) {
    const { session, verb, noun, format } = fileName.exec(basename(file))?.groups ?? {};
    if (verb === undefined || noun === undefined) continue;
    const side = sessionNames[(session ?? 'OnPremises').toLowerCase() as keyof typeof sessionNames];
    const seen = sides.get(side) ?? {};
    seen[`${verb}-${noun}`] = readObjects(file, format?.toLowerCase() === 'json').map((object) => (noun === 'ExchangeCertificate' && verb === 'Get' ? withCertificateFacts(object) : object));
    sides.set(side, seen);
  }
  if (sides.size === 0) throw new WizardError('WIZARD_NOT_COLLECTED', `There is no evidence in ${paths.join(', ')}.`, { remedy: 'Give the folder in which the script of hybridge collect ran: files such as OnPremises.Get-AcceptedDomain.xml.' });
  const missing: string[] = [];
  for (const [session, seen] of sides) {
    for (const { cmdlet, optional, session: of } of readings) {
      if (of !== session || seen[cmdlet] !== undefined) continue;
      seen[cmdlet] = optional === true ? null : [];
      if (optional !== true) missing.push(`${session} ${cmdlet}`);
    }
    if (session === 'OnPremises') addExported(seen);
  }
  return { snapshot: { takenAt, sides: Object.fromEntries([...sides].map(([session, seen]) => [session, { name: 'evidence', seen }])) }, missing };
}

function filesAt(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path).toSorted().map((name) => join(path, name)).filter((file) => fileName.test(basename(file)));
  } catch (cause) {
    throw new WizardError('WIZARD_NOT_COLLECTED', `The evidence ${path} cannot be read.`, { remedy: 'Check the path.', cause });
  }
}

function readObjects(file: string, isJson: boolean): readonly Observed[] {
  try {
    if (statSync(file).size > mostBytes) throw new Error('it is larger than 256 MiB');
    const bytes = readFileSync(file);
    if (!isJson) return readClixmlObjects(bytes);
    const text = bytes.toString(bytes[0] === 0xff ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
    return text.trim() === '' ? [] : jsonSchema.parse(JSON.parse(text, (_name, value: unknown) => withoutJsonDates(value)));
  } catch (cause) {
    throw new WizardError('WIZARD_NOT_COLLECTED', `The evidence ${file} is neither what Export-Clixml nor what ConvertTo-Json writes.`, { facts: { cause: String(cause) }, remedy: 'Collect it again with hybridge collect, and change nothing in it.', cause });
  }
}

/** Windows PowerShell 5.1 writes dates as `"\\/Date(1772352309000)\\/"`, and those that a cmdlet has decorated as an object with this value. */
function withoutJsonDates(value: unknown): unknown {
  const decorated = typeof value === 'object' && value !== null && 'value' in value && 'DateTime' in value ? value.value : value;
  const milliseconds = typeof decorated === 'string' ? /^\/Date\((-?\d{1,15})\)\/$/.exec(decorated)?.[1] : undefined;
  return milliseconds === undefined ? decorated : new Date(Number(milliseconds)).toISOString();
}

/** A serialized certificate is little more than its bytes; the rest stands in them. */
function withCertificateFacts(object: Observed): Observed {
  const raw = textOf(object, 'RawData');
  if (raw === '' || textOf(object, 'Thumbprint') !== '') return object;
  const facts = readCertificate(`-----BEGIN CERTIFICATE-----\n${raw.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`);
  return { ...object, Thumbprint: facts.thumbprint, Subject: facts.subject, Issuer: facts.issuer, NotBefore: new Date(facts.notBefore).toISOString(), NotAfter: new Date(facts.notAfter).toISOString() };
}

/** The public part of the Auth certificate, where it was not exported but is known. */
function addExported(seen: Record<string, Seen>): void {
  const thumbprint = textOf(seen['Get-AuthConfig']?.[0], 'CurrentCertificateThumbprint');
  const certificate = seen['Get-ExchangeCertificate']?.find((found) => textOf(found, 'Thumbprint') === thumbprint);
  const exported = textOf(seen['Export-ExchangeCertificate']?.[0], 'FileData') || textOf(certificate, 'RawData');
  if (thumbprint !== '' && exported !== '') seen['Export-ExchangeCertificate'] = [{ Thumbprint: thumbprint, FileData: exported }];
}
