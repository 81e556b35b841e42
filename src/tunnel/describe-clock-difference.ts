/** How far a clock is from another one, by the milliseconds that it is ahead: `7 minutes behind`, `61 days ahead of`. */
export function describeClockDifference(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const distance = minutes < 120 ? `${minutes} minutes` : minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 60 / 24)} days`;
  return `${distance} ${milliseconds > 0 ? 'ahead of' : 'behind'}`;
}
