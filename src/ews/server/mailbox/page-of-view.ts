import type { ItemQuery, Page, PageRequest } from '../../../organization/index.ts';
import type { View } from '../../codec/views.ts';

/** The page that a view asks for. A fraction is counted out against the number of entries, which one more query gives. */
export async function pageOfView<Entry>(view: View, find: (request: PageRequest & Pick<ItemQuery, 'seek'>) => Promise<Page<Entry>>): Promise<Page<Entry>> {
  if (view.kind === 'page') return find(view.page);
  if (view.kind === 'seek') return find({ seek: view.condition, from: view.from, limit: view.limit });
  if (view.kind === 'calendar') return find({ limit: 1_000 });
  const { total } = await find({ limit: 1 });
  const offset = Math.floor((total * view.numerator) / view.denominator);
  return find({ offset, limit: view.limit });
}
