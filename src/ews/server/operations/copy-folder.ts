import { relocateFolders } from '../mailbox/relocate-folders.ts';

/** CopyFolder ([MS-OXWSFOLD] §3.1.4.1). */
export const copyFolderOperation = relocateFolders('CopyFolder');
