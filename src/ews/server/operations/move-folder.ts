import { relocateFolders } from '../mailbox/relocate-folders.ts';

/** MoveFolder ([MS-OXWSFOLD] §3.1.4.7). The folder keeps its id. */
export const moveFolderOperation = relocateFolders('MoveFolder');
