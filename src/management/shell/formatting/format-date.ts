const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Standard formats of .NET in the culture en-US, by their letter (Standard date and time format strings). */
const standard: Readonly<Record<string, string>> = {
  d: 'M/d/yyyy',
  D: 'dddd, MMMM d, yyyy',
  f: 'dddd, MMMM d, yyyy h:mm tt',
  F: 'dddd, MMMM d, yyyy h:mm:ss tt',
  g: 'M/d/yyyy h:mm tt',
  G: 'M/d/yyyy h:mm:ss tt',
  m: 'MMMM d',
  M: 'MMMM d',
  o: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  O: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  s: "yyyy-MM-dd'T'HH:mm:ss",
  t: 'h:mm tt',
  T: 'h:mm:ss tt',
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  y: 'MMMM yyyy',
  Y: 'MMMM yyyy',
};

const token = /'([^']*)'|"([^"]*)"|\\(.)|d{1,4}|M{1,4}|y{1,5}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7}|t{1,2}|z{1,3}|K|./gs;

/**
 * A date by a format string of .NET, standard or custom, in the culture en-US. Times are UTC, as this shell shows all
 * times.
 */
export function formatDate(date: Date, format = 'G'): string {
  const pattern = (format.length === 1 ? standard[format] : undefined) ?? format;
  return pattern.replaceAll(token, (found: string, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? part(date, found));
}

function part(date: Date, found: string): string {
  const pad = (value: number): string => String(value).padStart(Math.min(found.length, 2), '0');
  const hour = date.getUTCHours();
  switch (found[0]) {
    case 'd':
      return found.length > 2 ? name(days, date.getUTCDay(), found.length) : pad(date.getUTCDate());
    case 'M':
      return found.length > 2 ? name(months, date.getUTCMonth(), found.length) : pad(date.getUTCMonth() + 1);
    case 'y':
      return found.length <= 2 ? pad(date.getUTCFullYear() % 100) : String(date.getUTCFullYear()).padStart(found.length, '0');
    case 'H':
      return pad(hour);
    case 'h':
      return pad(hour % 12 === 0 ? 12 : hour % 12);
    case 'm':
      return pad(date.getUTCMinutes());
    case 's':
      return pad(date.getUTCSeconds());
    case 'f':
    case 'F':
      return String(date.getUTCMilliseconds()).padStart(3, '0').padEnd(7, '0').slice(0, found.length);
    case 't':
      return (hour < 12 ? 'AM' : 'PM').slice(0, found.length);
    case 'z':
      return found.length === 3 ? '+00:00' : found.length === 2 ? '+00' : '+0';
    case 'K':
      return 'Z';
    default:
      return found;
  }
}

function name(names: readonly string[], index: number, length: number): string {
  const whole = names[index] ?? '';
  return length === 3 ? whole.slice(0, 3) : whole;
}
