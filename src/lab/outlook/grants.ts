import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { LabInfo } from '../lab-info.ts';
import { makeFolder } from '../../foundation/index.ts';

const schema = z.record(z.string(), z.string());

/** Where Outlook keeps what it was granted, as Windows’ credential store would. */
function fileOf(info: LabInfo): string {
  return join(info.stateDirectory, 'outlook', 'grants.json');
}

function readAll(info: LabInfo): Record<string, string> {
  const file = fileOf(info);
  if (!existsSync(file)) return {};
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : {};
}

/** The refresh token that a person's Outlook keeps. */
export function keptGrant(info: LabInfo, address: string): string | undefined {
  return readAll(info)[address];
}

/** `undefined` forgets it. */
export function keepGrant(info: LabInfo, address: string, refreshToken: string | undefined): void {
  const file = fileOf(info);
  const { [address]: _, ...others } = readAll(info);
  makeFolder(dirname(file), { mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(refreshToken === undefined ? others : { ...others, [address]: refreshToken }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
