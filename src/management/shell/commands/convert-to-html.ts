import { chooseProperties } from '../formatting/property-selection.ts';
import type { ChosenProperty } from '../formatting/property-selection.ts';
import { cellText } from '../formatting/cell-text.ts';
import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import type { ShellValue } from '../runtime/values.ts';
import { blockRunner, inputValues, propertiesOf, textsOf } from './pipeline-values.ts';

/** Lines as Windows PowerShell 5.1 writes them, so that style sheets made for those fit. */
export const convertToHtml: ShellCommand = {
  name: 'ConvertTo-Html',
  aliases: [],
  synopsis: 'Gives objects as a table of a web page.',
  example: 'Get-Mailbox | ConvertTo-Html Name,PrimarySmtpAddress -Title Mailboxes | Set-Content mailboxes.html',
  parameters: {
    Property: { type: 'value', position: 0 },
    Head: { type: 'value', position: 1 },
    Title: { type: 'value', position: 2 },
    Body: { type: 'value', position: 3 },
    As: { type: 'value' },
    CssUri: { type: 'value' },
    PreContent: { type: 'value' },
    PostContent: { type: 'value' },
    Fragment: { type: 'switch' },
    InputObject: { type: 'value' },
  },
  async *run(call) {
    const { parameters, state } = call;
    const rows: ChosenProperty[][] = [];
    for await (const item of inputValues(call)) rows.push(await chooseProperties(item, propertiesOf(call), blockRunner(state), { missing: 'empty' }));
    const content = [...textsOf(parameters.get('PreContent')), ...(toText(parameters.get('As') ?? null).toLowerCase() === 'list' ? listLines(rows) : tableLines(rows)), ...textsOf(parameters.get('PostContent'))];
    if (parameters.get('Fragment') === true) {
      yield* content;
      return;
    }
    yield* [
      '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"  "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
      '<html xmlns="http://www.w3.org/1999/xhtml">',
      '<head>',
      ...(parameters.has('Head') ? textsOf(parameters.get('Head')) : [`<title>${escaped(toText(parameters.get('Title') ?? 'HTML TABLE'))}</title>`]),
      ...textsOf(parameters.get('CssUri')).map((uri) => `<link rel="stylesheet" type="text/css" href="${escaped(uri)}" />`),
      '</head><body>',
      ...textsOf(parameters.get('Body')),
      ...content,
      '</body></html>',
    ];
  },
};

function tableLines(rows: readonly (readonly ChosenProperty[])[]): string[] {
  const names = rows[0]?.map(({ name }) => name) ?? [];
  const cells = (row: readonly ChosenProperty[]): string => names.map((name) => `<td>${valueText(row.find((property) => property.name === name)?.value ?? null)}</td>`).join('');
  return ['<table>', ...(names.length === 0 ? [] : [`<colgroup>${'<col/>'.repeat(names.length)}</colgroup>`, `<tr>${names.map((name) => `<th>${escaped(name)}</th>`).join('')}</tr>`]), ...rows.map((row) => `<tr>${cells(row)}</tr>`), '</table>'];
}

function listLines(rows: readonly (readonly ChosenProperty[])[]): string[] {
  return ['<table>', ...rows.flatMap((row, index) => [...(index === 0 ? [] : ['<tr><td><hr></td></tr>']), ...row.map(({ name, value }) => `<tr><td>${escaped(name)}:</td><td>${valueText(value)}</td></tr>`)]), '</table>'];
}

/** Lists as texts with blanks between, where PowerShell writes the useless name of their type. */
function valueText(value: ShellValue): string {
  return escaped(value instanceof Date ? cellText(value) : toText(value));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
