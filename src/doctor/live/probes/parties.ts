import type { FreeBusyProbe } from '../free-busy-case.ts';
import { findSilentParties } from '../silent-parties.ts';

export const parties: FreeBusyProbe = { id: 'parties', title: 'the parties answer', run: ({ sessions }, facts) => findSilentParties(sessions, facts) };
