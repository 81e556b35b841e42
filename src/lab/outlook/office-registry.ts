import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readClientRegistry } from '../../doctor/index.ts';
import type { ClientRegistry } from '../../doctor/index.ts';
import type { LabInfo } from '../lab-info.ts';
import { makeFolder } from '../../foundation/index.ts';

/** What can be different on the machine on which the lab's people have Outlook. */
export interface OfficeSettings {
  /** As Click-to-Run reports it, `16.0.17328.20184`. */
  version?: string | undefined;
  /** `EnableADAL` of the person's own key; absent: not set, as after an installation. */
  enableAdal?: number | undefined;
}

const current = '16.0.17328.20184';

/** The registry of that machine, as `reg export` would write it. */
function officeRegistryFile(stateDirectory: string): string {
  return join(stateDirectory, 'outlook', 'office.reg');
}

export function writeOfficeRegistry(stateDirectory: string, { version = current, enableAdal }: OfficeSettings): void {
  const release = `${version.split('.')[0] ?? '16'}.0`;
  const lines = [
    'Windows Registry Editor Version 5.00',
    '',
    String.raw`[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Office\ClickToRun\Configuration]`,
    `"VersionToReport"="${version}"`,
    '',
    `[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\${release}\\Common\\Identity]`,
    ...(enableAdal === undefined ? [] : [`"EnableADAL"=dword:${enableAdal.toString(16).padStart(8, '0')}`]),
    '',
  ];
  const file = officeRegistryFile(stateDirectory);
  makeFolder(dirname(file), { mode: 0o700 });
  writeFileSync(`${file}.new`, `\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le');
  renameSync(`${file}.new`, file);
}

/** What the machine on which the lab's people have Outlook says of itself. */
export function readLabClient(info: LabInfo): ClientRegistry {
  const file = officeRegistryFile(info.stateDirectory);
  return existsSync(file) ? readClientRegistry(readFileSync(file, 'utf16le')) : { version: current };
}
