import type { Distorted } from './distort.ts';

/**
 * Distortions by other rules than those of `distort`: each family has a member for tuning, one that is only measured, and
 * one that was written before the recogniser was last made better and is only measured since. Nothing here is taken back
 * because it is hard.
 */
interface Family {
  tuned: Rule;
  heldOut: Rule;
  unseen: Rule;
}

interface Rule {
  how: string;
  /** Of a rule that cuts: what it leaves of the sentence. */
  left?(sentence: string): string;
  change(text: string, draw: (below: number) => number, sentence: { begin: number; end: number }): string;
}

const families: readonly Family[] = [
  {
    tuned: { how: 'quoted by initials', change: (text) => prefixed(wrapped(text, 62), () => 'AL> ') },
    heldOut: { how: 'quoted as Outlook and Notes do', change: (text) => `Von: Bert Huber\nGesendet: Samstag, 21. November 2026 08:02\nAn: Servicedesk\nBetreff: AW: Kalender\n\n${prefixed(wrapped(text, 66), () => '  |   ')}\n\n  |------------>\n  | Anna/CONTOSO |` },
    unseen: { how: 'quoted by a mobile mail program', change: (text) => `Hallo zusammen,\nbitte um Hilfe, kommt seit gestern:\n\nAm Sa., 21. Nov. 2026 um 08:02 schrieb Anna Lindqvist <anna@fabrikam.example>:\n${prefixed(wrapped(text, 38), () => '> ')}\n\n-- \nVon unterwegs gesendet` },
  },
  {
    tuned: { how: 'flowed', change: (text) => prefixed(wrapped(text, 70), () => '>').replaceAll('\n', ' \n') },
    heldOut: { how: 'quoted three deep, rewrapped on the way', change: (text) => wrapped(prefixed(wrapped(text, 72), () => '> > > '), 64) },
    unseen: { how: 'quoted with bars, wrapped narrowly', change: (text) => prefixed(wrapped(prefixed(wrapped(text, 60), () => '| '), 41), () => '» ') },
  },
  {
    tuned: { how: 'in a French frame', change: (text) => `Échec de l’opération sur le serveur EX01. Détails de l’exception : « ${text.replaceAll('"', '”')} »\nVeuillez contacter votre administrateur.` },
    heldOut: { how: 'in a German frame', change: (text) => `Unerwarteter Fehler. Ausnahme:\n„${text.replaceAll("'", '‚')}“\n   bei Microsoft.Exchange.Data.Ausführen(Int32 zähler)\nWeitere Informationen finden Sie im Ereignisprotokoll.` },
    unseen: { how: 'in a Dutch frame', change: (text) => `Er is een fout opgetreden bij het ophalen van de agenda.\nFoutmelding: ‘${text.replaceAll("'", '`')}’\nNeem contact op met de beheerder en vermeld tijdstip 07:12.` },
  },
  {
    tuned: { how: 'in a ticket of Jira', change: (text) => `h3. Error\n{noformat}\n${text}\n{noformat}\n{color:#de350b}*since Monday*{color}` },
    heldOut: { how: 'in a ticket of ServiceNow', change: (text) => `[code]<p>${escaped(text).replaceAll(' ', '&nbsp;')}</p>[/code]\nAssignment group: Messaging\nWork notes (internal): 2026-11-21 07:12:44 - Anna Lindqvist (Work notes)` },
    unseen: { how: 'in a ticket of GitHub', change: (text) => `### What happened\n\n\`\`\`text\n${text}\n\`\`\`\n\n<details><summary>Environment</summary>\n\nWindows Server 2019, 15.2.1544.11\n</details>` },
  },
  {
    tuned: { how: 'read from a picture, letters alike', change: (text, draw) => confused(wrapped(text, 60), { c: 'e', a: 'o', t: 'f', h: 'b' }, 45, draw) },
    heldOut: { how: 'read from a picture, otherwise', change: (text, draw) => confused(wrapped(text, 52), { m: 'rn', d: 'cl', e: 'c', u: 'v', n: 'ri', 1: '!' }, 45, draw) },
    unseen: { how: 'photographed, letters alike', change: (text, draw) => confused(wrapped(text, 46), { h: 'n', r: 'v', g: 'q', w: 'vv', s: '$', f: 't' }, 50, draw) },
  },
  {
    tuned: { how: 'by Format-List -Force', change: (text) => `PSMessageDetails      : \nException             : ${indented(wrapped(text, 55), 24)}\nTargetObject          : \nCategoryInfo          : NotSpecified: (:) [], TaskException` },
    heldOut: { how: 'by Get-Error', change: (text) => `Exception             : \n    Type       : Microsoft.Exchange.Management.Tasks.TaskException\n    ErrorRecord : \n        Exception : \n            Type    : System.Management.Automation.ParentContainsErrorRecordException\n            Message : ${indented(hardWrapped(text, 68), 22)}\n            HResult : -2146233087` },
    unseen: { how: 'by a job’s log', change: (text) => `#### Job 41 ended with state Failed\n${prefixed(hardWrapped(text, 96), (line) => (line === 0 ? 'Reason : ' : '         '))}\nPSBeginTime : 21/11/2026 07:12:41` },
  },
  {
    tuned: { how: 'in the XML of an event', change: (text) => `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><EventID Qualifiers='49156'>4002</EventID><Level>2</Level></System><EventData><Data>7312</Data><Data>${escaped(text).replaceAll('\n', '&#xD;&#xA;')}</Data></EventData></Event>` },
    heldOut: { how: 'in a SOAP fault within CDATA', change: (text) => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:ErrorInternalServerError</faultcode><faultstring xml:lang="en-US"><![CDATA[${text}]]></faultstring></s:Fault></s:Body></s:Envelope>` },
    unseen: { how: 'in SOAP within an HTTP dump', change: (text) => `HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nDate: Sat, 21 Nov 2026 07:12:44 GMT\r\n\r\n<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><detail><e:Message xmlns:e="urn:e">${escaped(text)}</e:Message></detail></soap:Body></soap:Envelope>` },
  },
  {
    tuned: { how: 'JSON in JSON', change: (text) => JSON.stringify({ body: JSON.stringify({ error: { message: text } }) }) },
    heldOut: { how: 'JSON in JSON in HTML', change: (text) => escaped(JSON.stringify(JSON.stringify(JSON.stringify({ m: text })))) },
    unseen: { how: 'HTML in JSON', change: (text) => JSON.stringify([{ comment: `<p>${escaped(text).replaceAll('\n', '<br/>')}</p>` }], undefined, 2) },
  },
  {
    tuned: { how: 'with numbers before its lines', change: (text) => prefixed(wrapped(text, 58), (line) => `${String(line + 411).padStart(6)}\t`) },
    heldOut: { how: 'as grep -n shows its lines', change: (text) => prefixed(wrapped(text, 58), (line) => `u_ex261121.log:${line + 88_213}:`) },
    unseen: { how: 'as findstr and Select-String show its lines', change: (text) => prefixed(wrapped(text, 64), (line) => `Z:\\logs\\Ews_2026112107-1.LOG:${line + 3127}:`) },
  },
  {
    tuned: { how: 'with syslog before its lines', change: (text) => prefixed(wrapped(text, 74), (line) => `Nov 21 07:12:${String(line % 60).padStart(2, '0')} ex01 MSExchange[4411]: `) },
    heldOut: { how: 'with a clock before its lines', change: (text) => prefixed(wrapped(text, 74), (line) => `[07:12:${String(line % 60).padStart(2, '0')}.417] [thread-12] WARN  `) },
    unseen: { how: 'with a container’s stamp before its lines', change: (text) => prefixed(wrapped(text, 69), (line) => `2026-11-21T07:12:${String((line * 7) % 60).padStart(2, '0')}.${String(114_000_000 + line * 771)}Z stderr F `) },
  },
  {
    tuned: { how: 'in a Markdown table', change: (text) => `| # | Error | Seen |\n|---|---|---|\n| 1 | ${text.replaceAll('|', '\\|').replaceAll('\n', '<br>').replaceAll('_', '\\_')} | daily |` },
    heldOut: { how: 'in a drawn table', change: (text) => `+----+${'-'.repeat(50)}+\n${wrapped(text, 48).split('\n').map((line, index) => `| ${index === 0 ? '1 ' : '  '} | ${line.padEnd(48)} |`).join('\n')}\n+----+${'-'.repeat(50)}+` },
    unseen: { how: 'in a column of a fixed width', change: (text) => `No Time   Message                                  Count\n-- ----   -------                                  -----\n${wrapped(text, 40).split('\n').map((line, index) => `${index === 0 ? ' 1 07:12  ' : '          '}${line.padEnd(41)}${index === 0 ? '   12' : ''}`).join('\n')}` },
  },
  {
    tuned: { how: 'HTML of Word', change: (text) => text.split(' ').map((word, index) => (index % 4 === 0 ? `<span style='font-size:10.0pt;font-family:"Courier New"'>${escaped(word)}<o:p></o:p></span>` : escaped(word))).join(' ') },
    heldOut: { how: 'HTML of a webmail', change: (text) => wrapped(text, 50).split('\n').map((line) => `<div dir=3D"auto"><font color=3D"#ff0000">${escaped(line)}</font><wbr></div>`).join('\n') },
    unseen: { how: 'HTML of a portal', change: (text) => `<table class="grid"><tbody><tr><td style="white-space:nowrap">07:12</td><td><span class="ellipsis" title="">${escaped(text).replaceAll(/ (?=[a-z])/g, '&#32;')}</span></td></tr></tbody></table>` },
  },
  {
    tuned: { how: 'typed off', change: (text, draw) => swapped(text, 60, draw) },
    heldOut: { how: 'typed off, letters lost', change: (text, draw) => lost(text, 60, draw) },
    unseen: { how: 'typed off, letters doubled', change: (text, draw) => doubled(text, 60, draw) },
  },
  {
    tuned: { how: 'in a query of a URL', change: (text) => `https://www.bing.example/search?q=${encodeURIComponent(text).replaceAll('%20', '+')}&form=QBLH` },
    heldOut: { how: 'in a URL within a URL', change: (text) => `https://eur01.safelinks.protection.outlook.example/?url=${encodeURIComponent(`https://support.example/?q=${encodeURIComponent(text)}`)}&data=05` },
    unseen: { how: 'in a mailto link', change: (text) => `mailto:helpdesk@fabrikam.example?subject=Kalender&body=${encodeURIComponent(`Fehler:\r\n${text}`)}` },
  },
  {
    tuned: { how: 'as a difference', change: (text) => `@@ -1,0 +1,9 @@\n${prefixed(wrapped(text, 70), () => '+')}` },
    heldOut: { how: 'as a comment', change: (text) => prefixed(wrapped(text, 70), () => '# ') },
    unseen: { how: 'as a list', change: (text) => prefixed(wrapped(text, 57), (line) => (line === 0 ? '  * ' : '    ')) },
  },
  {
    tuned: { how: 'as Python shows strings', change: (text) => `Exception("${text.replaceAll('\\', '\\\\').replaceAll('"', '\\x22').replaceAll("'", '\\x27').replaceAll('\n', '\\n')}")` },
    heldOut: { how: 'as C# and .NET logs show strings', change: (text) => `{ Message = ${text.replaceAll('\\', '\\\\').replaceAll('"', '\\u0022').replaceAll("'", '\\u0027').replaceAll('&', '\\u0026').replaceAll('\n', '\\r\\n')}, Data = System.Collections.ListDictionaryInternal }` },
    unseen: { how: 'as a string of PowerShell', change: (text) => `$e = "${text.replaceAll('`', '``').replaceAll('"', '`"').replaceAll('$', '`$').replaceAll('\n', '`r`n')}"\nWrite-Warning $e` },
  },
  {
    tuned: { how: 'its letters 0 to 60 %', left: (sentence) => part(sentence, 0, 0.6), change: (text, _, { begin, end }) => text.slice(0, begin + Math.round((end - begin) * 0.6)) },
    heldOut: { how: 'its letters 20 to 80 %', left: (sentence) => part(sentence, 0.2, 0.8), change: (text, _, { begin, end }) => text.slice(begin + Math.round((end - begin) * 0.2), begin + Math.round((end - begin) * 0.8)) },
    unseen: { how: 'its letters 10 to 65 %', left: (sentence) => part(sentence, 0.1, 0.65), change: (text, _, { begin, end }) => text.slice(begin + Math.round((end - begin) * 0.1), begin + Math.round((end - begin) * 0.65)) },
  },
  {
    tuned: { how: 'the last 60 %', left: (sentence) => part(sentence, 0.4, 1), change: (text, _, { begin, end }) => text.slice(begin + Math.round((end - begin) * 0.4)) },
    heldOut: { how: 'without its middle', left: (sentence) => `${part(sentence, 0, 0.38)}[…]${part(sentence, 0.62, 1)}`, change: (text, _, { begin, end }) => `${text.slice(0, begin + Math.round((end - begin) * 0.38))}[…]${text.slice(begin + Math.round((end - begin) * 0.62))}` },
    unseen: { how: 'without its third quarter', left: (sentence) => `${part(sentence, 0, 0.5)}[…]${part(sentence, 0.75, 1)}`, change: (text, _, { begin, end }) => `${text.slice(0, begin + Math.round((end - begin) * 0.5))} (...) ${text.slice(begin + Math.round((end - begin) * 0.75))}` },
  },
];

/** One of the families' members, applied to a text; its sentence stands in ⟦ ⟧ as for `distort`. */
export function distortOtherwise(member: keyof Family, marked: string, seed: number): readonly Distorted[] {
  const text = marked.replaceAll(/[⟦⟧]/g, '');
  const sentence = { begin: Math.max(0, marked.indexOf('⟦')), end: marked.includes('⟧') ? marked.indexOf('⟧') - 1 : text.length };
  const draw = drawing(seed);
  return families.map((family) => {
    const { how, left, change } = family[member];
    return { how, text: change(text, draw, sentence), ...(left === undefined ? {} : { left: left(text.slice(sentence.begin, sentence.end)) }) };
  });
}

function part(sentence: string, from: number, to: number): string {
  return sentence.slice(Math.round(sentence.length * from), Math.round(sentence.length * to));
}

/** Numbers below a bound, the same ones on every run (Park and Miller's generator). */
function drawing(seed: number): (below: number) => number {
  let state = (seed * 48_271) % 2_147_483_647 || 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function wrapped(text: string, width: number): string {
  return text.replaceAll(new RegExp(`(.{1,${width}})( +|$)`, 'gm'), '$1\n').trimEnd();
}

function hardWrapped(text: string, width: number): string {
  return text.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n');
}

function prefixed(text: string, prefix: (line: number) => string): string {
  return text.split('\n').map((line, index) => `${prefix(index)}${line}`).join('\n');
}

function indented(text: string, width: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(width)}`);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Every so many letters one is read as another. */
function confused(text: string, alike: Readonly<Record<string, string>>, every: number, draw: (below: number) => number): string {
  let next = draw(every);
  return Array.from(text, (letter) => {
    const other = alike[letter];
    if (next-- > 0 || other === undefined) return letter;
    next = Math.round(every / 2) + draw(every);
    return other;
  }).join('');
}

/** Every so many letters two change places. */
function swapped(text: string, every: number, draw: (below: number) => number): string {
  const letters = Array.from(text);
  for (let at = 10 + draw(every); at + 1 < letters.length; at += Math.round(every / 2) + draw(every)) [letters[at], letters[at + 1]] = [letters[at + 1] ?? '', letters[at] ?? ''];
  return letters.join('');
}

function lost(text: string, every: number, draw: (below: number) => number): string {
  let next = 10 + draw(every);
  return Array.from(text, (letter) => {
    if (next-- > 0) return letter;
    next = Math.round(every / 2) + draw(every);
    return '';
  }).join('');
}

/** Every so many letters one is there twice. */
function doubled(text: string, every: number, draw: (below: number) => number): string {
  let next = 10 + draw(every);
  return Array.from(text, (letter) => {
    if (next-- > 0 || !/\p{L}/u.test(letter)) return letter;
    next = Math.round(every / 2) + draw(every);
    return letter + letter;
  }).join('');
}
