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
  'Guten Morgen, seit dem Wochenende sehen die Kollegen in der Cloud keine Frei/Gebucht-Zeiten mehr. Fehlermeldung siehe unten, bitte dringend!',
  'Bonjour, depuis ce matin les disponibilités ne s’affichent plus. Le message d’erreur complet est ci-dessous. Merci de votre aide.',
  '会議の空き時間が表示されません。エラーメッセージは次のとおりです。よろしくお願いいたします。',
  '<134>Nov 21 07:12:44 ex01 MSExchange[4411]: task category: general, keywords: classic',
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
  /** Of a text that is cut: what is left of its sentence; `[…]` where its middle is left out. */
  left?: string;
}

/** The published sentence of `marked` stands in ⟦ ⟧; where there are no such marks, all of it is the sentence. */
export function distort(marked: string, seed: number): readonly Distorted[] {
  const text = marked.replaceAll(/[⟦⟧]/g, '');
  const random = numbers(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const whole = (how: string, changed: string): Distorted => ({ how, text: changed });
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
    whole('in a PowerShell error record', errorRecord(text)),
    whole('in PowerShell 7’s view, coloured', conciseView(text)),
    whole('in a dialog of Outlook', `Microsoft Outlook\n\n${wrapAtBlanks(text, 58)}\n\n          [   OK   ]      [  Help  ]\n\n${pick(noise)}`),
    whole('in capitals on a screenshot that was read', scanned(text.toUpperCase(), random)),
    whole('on a screenshot that was read', scanned(wrapAtBlanks(text, 70), random)),
    whole('quoted once, wrapped in words', wrapHard(text, 61).split('\n').map((line) => `> ${line}`).join('\r\n')),
    whole('in a chat', `[Saturday 8:02 AM] Anna Lindqvist\n\`\`\`\n${text}\n\`\`\`\n[Saturday 8:03 AM] Bert Huber\n${pick(noise)}`),
    whole('in a ticket of a portal', `{code:java|title=Error}\n${escapeHtml(text)}\n{code}\n||Priority||2||\n${pick(noise)}`),
    whole('in a URL', `https://support.contoso.example/new?text=${encodeURIComponent(text)}`),
    whole('with soft hyphens and joiners', text.replaceAll(/(\w{5})(?=\w{3})/g, '$1\u00ad').replaceAll('. ', '.\u200b ')),
    whole('decomposed, in full width', `${pick(noise)}\n${text}`.normalize('NFD').replaceAll(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))),
    whole('in RTF', `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Segoe UI;}}\\pard\\f0\\fs20 ${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\par\n')}\\par}`),
    whole('in a column of a spreadsheet', `"2026-11-21 07:12";"EX01";"${text.replaceAll('"', '""')}";"open"`),
    { how: 'first half', text: text.slice(0, upTo(1 / 2)), left: text.slice(begin, upTo(1 / 2)) },
    { how: 'last half', text: text.slice(upTo(1 / 2)), left: text.slice(upTo(1 / 2), end) },
    { how: 'first three quarters, wrapped', text: wrapHard(text.slice(0, upTo(3 / 4)), 33), left: text.slice(begin, upTo(3 / 4)) },
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

/** As Windows PowerShell prints an error: wrapped at the console's width, and what it adds. */
function errorRecord(text: string): string {
  return `${wrapHard(text, 79)}\nAt line:1 char:1\n+ Test-OAuthConnectivity -Service EWS -TargetUri https://mail.fabrikam.exa ...\n+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n    + CategoryInfo          : NotSpecified: (:) [Test-OAuthConnectivity], TaskException\n    + FullyQualifiedErrorId : [Server=EX01,RequestId=5a1c9c1e-5f2b-4c7a-9d1e-0f3a2b4c5d6e,TimeStamp=11/21/2026 7:12:44 AM] [FailureCategory=Cmdlet-TaskException] 1A2B3C4D,Microsoft.Exchange.Monitoring.TestOAuthConnectivity\n    + PSComputerName        : ex01.fabrikam.example`;
}

function conciseView(text: string): string {
  const red = '\u001b[31;1m';
  return `${red}Test-OAuthConnectivity: \u001b[0m\n${wrapAtBlanks(text, 66).split('\n').map((line) => `\u001b[36;1m     | \u001b[0m${red}${line}`).join('\n')}\u001b[0m`;
}

/** What readers of pictures take for one another, and blanks that they do not see. */
function scanned(text: string, random: () => number): string {
  const alike: Readonly<Record<string, string>> = { l: '1', I: 'l', i: 'l', O: '0', 0: 'O', o: '0', S: '5', 5: 'S', B: '8', 8: 'B' };
  return text
    .replaceAll('rn', (both) => (random() < 0.15 ? 'm' : both))
    .replaceAll(/[lIiOo0S5B8]/g, (letter) => (random() < 0.08 ? (alike[letter] ?? letter) : letter))
    .replaceAll('l', (letter) => (random() < 0.02 ? '|' : letter))
    .replaceAll(' ', (blank) => (random() < 0.04 ? '' : blank));
}
