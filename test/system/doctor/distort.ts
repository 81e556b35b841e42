/** A small generator of numbers that gives the same ones on every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const noise = [
  'Hi team, since this morning nobody sees the calendars of the colleagues at head office. Any idea?',
  '2026-11-21 07:12:44.103 INFO  [12] Microsoft.Exchange.Calendar.Sharing request started client=OWA;Action=ViaProxy',
  '-----Original Message-----\nFrom: Service Desk\nSent: Saturday, November 21, 2026 8:02 AM\nTo: Messaging\nSubject: FW: free/busy',
  'RunspaceId          : 9f5f4a2c-1b2d-4e0f-8a11-3f0c3b1a2d4e\nIsValid             : True\nObjectState         : New',
  'x-ms-correlation-request-id: 7d1f0c1e-8d65-4a3a-9d2b-1a5f0e7c9b88\nx-calculatedbetarget: AM6PR04MB.eurprd04.prod.outlook.com',
  'Kind regards, Petra (Messaging operations, ext. 4410)',
];

/** A text as it may look after mail programs, terminals, browsers, forms and hurry. */
export interface Distorted {
  how: string;
  text: string;
  /** Only a part of the text is left. */
  isPart: boolean;
}

/** The published sentence of `marked` stands in ⟦ ⟧; where there are no such marks, all of it is the sentence. */
export function distort(marked: string, seed: number): readonly Distorted[] {
  const text = marked.replaceAll(/[⟦⟧]/g, '');
  const random = numbers(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const whole = (how: string, changed: string): Distorted => ({ how, text: changed, isPart: false });
  const begin = Math.max(0, marked.indexOf('⟦'));
  const end = marked.includes('⟧') ? marked.indexOf('⟧') - 1 : text.length;
  const upTo = (share: number): number => begin + Math.ceil((end - begin) * share);
  return [
    whole('as it is', text),
    whole('upper case', text.toUpperCase()),
    whole('lower case', text.toLowerCase()),
    whole('wrapped at blanks', wrapAtBlanks(text, 40 + Math.floor(random() * 40))),
    whole('wrapped hard', wrapHard(text, 20 + Math.floor(random() * 50))),
    whole('quoted in a mail', wrapAtBlanks(text, 60).split('\n').map((line) => `> > ${line}`).join('\n')),
    whole('HTML-escaped', escapeHtml(text)),
    whole('escaped twice', escapeHtml(escapeHtml(text))),
    whole('in a JSON string', JSON.stringify({ MessageText: text, ResponseCode: 'Error' })),
    whole('with typographic quotes', text.replaceAll("'", '’').replaceAll('"', '”')),
    whole('blanks doubled', text.replaceAll(' ', pick(['  ', '\t', '\u00a0']))),
    whole('quoted-printable', text.replaceAll('=', '=3D').replaceAll(/.{1,70}/g, (line) => `${line}=\r\n`)),
    whole('in bold here and there', text.split(' ').map((word) => (random() < 0.2 ? `<b>${word}</b>` : word)).join(' ')),
    whole('among neighbours', `${pick(noise)}\n\n${text}\n\n${pick(noise)}`),
    whole('as lines of a log', wrapAtBlanks(text, 100).split('\n').map((line, index) => `2026-11-21T07:12:${String(index).padStart(2, '0')}.552Z ERROR ${line}`).join('\n')),
    { how: 'first half', text: text.slice(0, upTo(1 / 2)), isPart: true },
    { how: 'last half', text: text.slice(upTo(1 / 2)), isPart: true },
    { how: 'first three quarters, wrapped', text: wrapHard(text.slice(0, upTo(3 / 4)), 33), isPart: true },
  ];
}

function wrapAtBlanks(text: string, width: number): string {
  return text.replaceAll(new RegExp(`(.{1,${width}})( +|$)`, 'g'), '$1\n').trimEnd();
}

function wrapHard(text: string, width: number): string {
  return text.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
