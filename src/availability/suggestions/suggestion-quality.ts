import type { SuggestionQuality } from '../../ews/index.ts';

const order: readonly SuggestionQuality[] = ['Excellent', 'Good', 'Fair', 'Poor'];

/** 0 for excellent to 3 for poor: sorts the best first. */
export function qualityRank(quality: SuggestionQuality): number {
  return order.indexOf(quality);
}

/**
 * The quality of a time ([MS-OXWAVLS] §3.1.4.1.3.24, GoodThreshold): excellent without conflicts, poor when more than 50
 * percent of the attendees have one, good when fewer percent than the threshold have one, fair in between. (The EWS
 * reference counts 50 percent itself as poor in one place and as fair in another; the protocol document decides.)
 *
 * @param known attendees whose time is known; with none of them nothing speaks for the time, which makes it poor
 */
export function suggestionQuality(conflicts: number, known: number, goodThreshold: number): SuggestionQuality {
  if (known === 0) return 'Poor';
  if (conflicts === 0) return 'Excellent';
  const percentage = (conflicts * 100) / known;
  if (percentage > 50) return 'Poor';
  return percentage < goodThreshold ? 'Good' : 'Fair';
}
