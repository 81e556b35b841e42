import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './lab-error.ts';
import { folderOfSide } from './parties/start-lab-premises.ts';

/**
 * The data files of a lab's two organisations.
 *
 * @throws LabError `LAB_NOT_RUNNING` where the folder is that of no lab
 */
export function labOrganizationFiles(stateDirectory: string): readonly string[] {
  const files = Object.values(folderOfSide).map((side) => join(stateDirectory, side, 'organization.sqlite'));
  if (!files.every((file) => existsSync(file))) throw new LabError('LAB_NOT_RUNNING', `There is no lab in ${stateDirectory}.`, { remedy: 'Start one with "hybridge lab", or name its state folder with --state.' });
  return files;
}
