import { findSilentParties } from '../../silent-parties.ts';
import type { PathProbe } from '../path-case.ts';

export const parties: PathProbe = { id: 'parties', title: 'the parties answer', run: ({ sessions }, facts) => findSilentParties(sessions, facts) };
