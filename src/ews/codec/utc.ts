import type { TimeZone } from '../../organization/index.ts';

/** UTC, in which clients of ours ask where no zone matters: no time of it is missing or happens twice. */
export const utc: TimeZone = { id: 'UTC', offsetAt: () => 0, toInstant: (local) => local };
