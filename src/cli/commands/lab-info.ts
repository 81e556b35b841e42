import { resolve } from 'node:path';
import { z } from 'zod';
import { readLabInfo } from '../../lab/index.ts';
import type { LabInfo } from '../../lab/index.ts';
import { renderTable } from '../table.ts';
import type { CommandSurroundings } from '../surroundings.ts';
import { terminalOf } from '../surroundings.ts';

const optionsSchema = z.object({ state: z.string(), json: z.boolean().default(false) });

/** `hybridge lab info`: what outside clients need. Returns the exit code. */
export function showLabInfo(given: Record<string, unknown>, surroundings: CommandSurroundings): number {
  const options = optionsSchema.parse(given);
  const info = readLabInfo(resolve(options.state));
  const width = terminalOf(surroundings).width;
  surroundings.stdout.write(options.json ? `${JSON.stringify(info, undefined, 2)}\n` : `${describeAddresses(info)}\n\n${describeAccounts(info, width)}\n`);
  return 0;
}

/** The addresses of a running lab, as a table. */
export function describeAddresses(info: LabInfo): string {
  const names: Record<keyof LabInfo['parties'], string> = { onPremises: 'on-premises', cloud: 'cloud', sts: 'token service', relay: 'relay', agent: 'agent' };
  const rows = Object.entries(info.parties).flatMap(([party, { urls }]) =>
    Object.entries(urls).map(([what, url], index) => [index === 0 ? names[party as keyof LabInfo['parties']] : '', what, url]),
  );
  return [
    // Never wrapped here: an address is for copying, and terminals copy their own wrapping as one line.
    renderTable([{ header: 'Party' }, { header: 'What' }, { header: 'URL' }], rows, { width: 400 }),
    '',
    `Tenant      ${info.tenant.id}  (${info.tenant.domain}, ${info.tenant.coexistenceDomain})`,
    `CA file     ${info.caFile}`,
    `Logs        ${info.stateDirectory}/logs`,
  ].join('\n');
}

/** The accounts of a running lab with their passwords: generated people, who exist nowhere else. */
export function describeAccounts(info: LabInfo, width: number): string {
  const rows = info.accounts.map((account) => [account.displayName, account.userName ?? account.address, account.password ?? '(a room: nobody signs in)', account.side, account.timeZone]);
  return renderTable([{ header: 'Name' }, { header: 'User name / address', minimumWidth: 26 }, { header: 'Password', minimumWidth: 16 }, { header: 'Lives' }, { header: 'Time zone' }], rows, { width });
}
