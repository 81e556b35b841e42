import { relocateItems } from '../mailbox/relocate-items.ts';

/** MoveItem ([MS-OXWSCORE] §3.1.4.7). */
export const moveItemOperation = relocateItems('MoveItem');
