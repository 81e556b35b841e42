import { compareClocks } from '../../compare-clocks.ts';
import type { PathProbe } from '../path-case.ts';

export const clocks: PathProbe = { id: 'clocks', title: 'clocks of who issues and takes tokens', run: (given) => compareClocks(given) };
