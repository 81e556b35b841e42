import { findIana, findWindows, WINDOWS_TO_IANA_MAP } from 'windows-iana';
import type { IanaName, WindowsZoneName } from 'windows-iana';

/** Windows ids are matched without regard to case, as Windows does. */
const windowsNames: ReadonlyMap<string, WindowsZoneName> = new Map(WINDOWS_TO_IANA_MAP.map((row) => [row.windowsName.toLowerCase(), row.windowsName]));

/** Spellings of UTC that Exchange and Windows use beside `UTC`. */
const utcNames = new Set(['utc', 'gmt', 'etc/utc', 'z', 'tzone://microsoft/utc', 'coordinated universal time']);

/** A time zone by both its names. */
export interface TimeZoneName {
  /** A name that `Intl` knows. */
  iana: string;
  /** The Windows id, where Windows has such a zone. */
  windows: string | undefined;
}

/** Finds a zone by its Windows id, IANA name (aliases too) or a spelling of UTC; undefined when it is none of these. */
export function findTimeZoneName(id: string): TimeZoneName | undefined {
  const key = id.toLowerCase();
  if (utcNames.has(key)) return { iana: 'UTC', windows: 'UTC' };
  const windows = windowsNames.get(key);
  if (windows !== undefined) {
    const iana = findIana(windows)[0];
    return iana === undefined ? undefined : { iana, windows };
  }
  const canonical = canonicalIanaName(id);
  if (canonical === undefined) return undefined;
  return { iana: canonical, windows: windowsNameOf(id) ?? windowsNameOf(canonical) };
}

/** The Windows id of a zone given by either name, in its published spelling; undefined where Windows has none. */
export function windowsTimeZoneId(ianaOrWindows: string): string | undefined {
  return findTimeZoneName(ianaOrWindows)?.windows;
}

/** ICU's own spelling of an IANA name: the map above lags behind renamings such as Kiev to Kyiv, ICU keeps the old name. */
function canonicalIanaName(name: string): string | undefined {
  // Intl also takes offsets (`+01:00`), which are no zones.
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name) || name.length > 64) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function windowsNameOf(iana: string): string | undefined {
  return findWindows(iana as IanaName)[0];
}

/** Every Windows zone that can be used here, by its published id, sorted. */
export function windowsTimeZoneIds(): readonly string[] {
  return [...new Set(windowsNames.values())].sort();
}
