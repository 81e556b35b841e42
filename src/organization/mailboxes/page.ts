import type { Page, PageRequest } from './folder.ts';

/** The part of a view of `total` entries that a request asks for: from which entry, and how many. */
export function rangeOf(request: PageRequest, total: number): { first: number; count: number } {
  const offset = Math.max(0, request.offset ?? 0);
  const limit = Math.max(0, request.limit);
  if (request.from !== 'End') return { first: Math.min(offset, total), count: Math.min(limit, Math.max(0, total - offset)) };
  const last = Math.max(0, total - offset);
  const first = Math.max(0, last - limit);
  return { first, count: last - first };
}

export function pageOf<T>(request: PageRequest, total: number, entries: readonly T[]): Page<T> {
  const { first, count } = rangeOf(request, total);
  const atEnd = request.from === 'End';
  return { entries, total, nextOffset: atEnd ? total - first : first + count, includesLast: atEnd ? first === 0 : first + count >= total };
}
