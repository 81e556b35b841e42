import type { ExaminedToken } from '../../../doctor/index.ts';
import { printable, truncate, wrap } from '../../display-width.ts';
import type { Screen } from './render-failure.ts';

const shownClaims = 40;
const times = new Set(['iat', 'nbf', 'exp', 'auth_time']);

/** What pasted tokens say; their signatures are nowhere. */
export function renderTokens(tokens: readonly ExaminedToken[], screen: Screen): string {
  return tokens.map((token, index) => tokenLines(token, tokens.length > 1 ? ` ${index + 1} of ${tokens.length}` : '', screen).join('\n')).join('\n\n');
}

function tokenLines({ kind, header, claims, judgements }: ExaminedToken, number: string, { width, paint }: Screen): string[] {
  const said = judgements.flatMap(({ isWrong, text }) => wrap(printable(text), Math.max(30, Math.min(width, 100) - 4)).map((line, index) => `${index === 0 ? (isWrong ? paint('red', '✗') : '·') : ' '} ${line}`));
  const rows = [...Object.entries(header).map(([name, value]) => [name, value] as const), ...Object.entries(claims)].slice(0, shownClaims);
  const column = Math.max(0, ...rows.map(([name]) => Math.min(24, name.length)));
  return [
    paint('bold', `A token${number}, ${kind === 'signed' ? 'decoded; its signature was not checked' : kind}`),
    ...said,
    ...(rows.length === 0 ? [] : ['', ...rows.map(([name, value]) => `  ${paint('dim', truncate(printable(name), 24).padEnd(column))}  ${truncate(printable(valueText(name, value)), Math.max(20, width - column - 4))}`)]),
  ];
}

function valueText(name: string, value: unknown): string {
  if (times.has(name) && typeof value === 'number' && value > 0 && value < 8.64e12) return `${new Date(value * 1000).toISOString()} (${value})`;
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
