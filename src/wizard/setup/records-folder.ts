import { errorCode, errorText } from '../../foundation/index.ts';
import { WizardError } from '../wizard-error.ts';

const reasons: Readonly<Record<string, string>> = { ENOSPC: 'the disk is full', EDQUOT: 'the quota is used up', EACCES: 'access is denied', EPERM: 'access is denied', EROFS: 'the file system is read-only', ENOENT: 'no folder can be made there', ENOTDIR: 'a file stands where a folder should', EEXIST: 'a file stands where a folder should' };

/**
 * Runs what writes `path`, which is in the folder of records or is it. What a run does must be on disk before it is done,
 * so nothing is changed where that cannot be.
 *
 * @throws WizardError `WIZARD_RECORDS`
 */
export function intoRecords<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof WizardError) throw error;
    throw new WizardError('WIZARD_RECORDS', `The record ${path} cannot be written: ${reasons[errorCode(error) ?? ''] ?? errorText(error)}.`, { facts: { path, code: errorCode(error) }, cause: error, remedy: 'Make room there, or name another folder with --records. A run that was begun goes on where it stopped: hybridge setup --resume.' });
  }
}
