/** `180 s`, `15 min`, `2 h`: the largest unit that leaves a whole number. */
export function formatSeconds(milliseconds: number): string {
  if (milliseconds % 3_600_000 === 0) return `${milliseconds / 3_600_000} h`;
  if (milliseconds % 60_000 === 0 && milliseconds > 180_000) return `${milliseconds / 60_000} min`;
  return `${milliseconds / 1000} s`;
}

/** `128 KB`, `150 MB`: powers of 1,024, as PowerShell counts. */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of [['GB', 1024 ** 3], ['MB', 1024 ** 2], ['KB', 1024]] as const) {
    if (bytes >= size && bytes % size === 0) return `${(bytes / size).toLocaleString('en-US')} ${unit}`;
  }
  return `${bytes.toLocaleString('en-US')} bytes`;
}

/** `5 GB`, `12.3 MB`, `980 bytes`: as much of a number as a table needs. */
export function roundBytes(bytes: number): string {
  for (const [unit, size] of [['GB', 1024 ** 3], ['MB', 1024 ** 2], ['KB', 1024]] as const) {
    if (bytes >= size) return `${(bytes / size).toLocaleString('en-US', { maximumFractionDigits: 1 })} ${unit}`;
  }
  return `${bytes} bytes`;
}
