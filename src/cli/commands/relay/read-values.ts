import { HybridgeError } from '../../../foundation/index.ts';

export type RelayValueErrorCode = 'CLI_RELAY_VALUE';

/** Readers of option values. All throw HybridgeError `CLI_RELAY_VALUE`, naming the option. */
export function readNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw invalid(option, text, 'Give a number.');
  return value;
}

/** A number, or `none`. */
export function readOptionalNumber(option: string, text: string): number | null {
  return text === 'none' ? null : readNumber(option, text);
}

/** Seconds, or with a unit: `90`, `90s`, `15m`, `2h`. */
export function readMilliseconds(option: string, text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text) ?? [];
  if (amount === undefined) throw invalid(option, text, 'Give seconds, or a number with s, m or h, such as 15m.');
  return Math.round(Number(amount) * ({ s: 1000, m: 60_000, h: 3_600_000 }[unit] ?? 1000));
}

/** Bytes, or with PowerShell's units, which are powers of 1,024: `64KB`, `150MB`, `2GB`. */
export function readSize(option: string, text: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s?(KB|MB|GB|B)?$/i.exec(text) ?? [];
  if (amount === undefined) throw invalid(option, text, 'Give bytes, or a number with KB, MB or GB, such as 150MB.');
  return Math.round(Number(amount) * 1024 ** Math.max(0, ['KB', 'MB', 'GB'].indexOf(unit.toUpperCase()) + 1));
}

export function readSwitch(option: string, text: string): boolean {
  return readWord(option, text, ['on', 'off']) === 'on';
}

export function readWord<const Word extends string>(option: string, text: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === text.toLowerCase());
  if (word === undefined) throw invalid(option, text, `Give ${words.join(' or ')}.`);
  return word;
}

function invalid(option: string, text: string, remedy: string): HybridgeError<RelayValueErrorCode> {
  return new HybridgeError('CLI_RELAY_VALUE', `${option} does not take "${text.slice(0, 100)}".`, { remedy });
}
