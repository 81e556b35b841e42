/** Words in one query. */
const maximumWords = 32;

/**
 * The words of a QueryString. Of Advanced Query Syntax the words count, quotes keep them together, and a property's name
 * before a colon is dropped: what it would narrow is searched everywhere. Operators in capitals are no words.
 */
export function wordsOfQuery(query: string): readonly string[] {
  const words: string[] = [];
  for (const match of query.slice(0, 4_000).matchAll(/"([^"]*)"|(\S+)/g)) {
    const text = match[1] ?? (match[2] ?? '').replace(/^[A-Za-z]+:(?=.)/, '').replaceAll(/[()"*]/g, '');
    if (text.trim() === '' || text === 'AND' || text === 'OR' || text === 'NOT') continue;
    words.push(text.trim());
    if (words.length === maximumWords) break;
  }
  return words;
}
