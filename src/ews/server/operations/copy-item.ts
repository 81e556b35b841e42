import { relocateItems } from '../mailbox/relocate-items.ts';

/** CopyItem ([MS-OXWSCORE] §3.1.4.1). */
export const copyItemOperation = relocateItems('CopyItem');
