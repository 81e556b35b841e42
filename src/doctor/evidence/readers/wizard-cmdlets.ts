import { childText, findAttribute, parseXml } from '../../../xml/index.ts';
import type { FileSink } from '../evidence-collector.ts';
import { createElementCollector } from './element-collector.ts';
import type { LineReader } from './evidence-reader.ts';

/** The wizard's `.xhcw`: every cmdlet as an element, without a root. */
export function createWizardCmdletsReader(sink: FileSink): LineReader {
  return createElementCollector('invoke', (xml, line) => {
    const element = readElement(xml);
    if (element === undefined) return sink.note(`Line ${line} is no whole element and was passed over.`);
    const cmdlet = findAttribute(element, 'cmdlet') ?? '';
    const start = findAttribute(element, 'start') ?? '';
    const isLocal = !/(?:Z|[+-]\d\d:?\d\d)$/.test(start);
    const at = Date.parse(isLocal ? `${start.replace(' ', 'T')}Z` : start);
    const error = childText(element, '', 'error') ?? element.children.find(({ local }) => /error|exception/i.test(local))?.text;
    if (!Number.isNaN(at)) {
      sink.span(at, isLocal);
      sink.cmdletStart(cmdlet, at, isLocal);
    }
    if (error === undefined) return;
    const occurrence = { line, text: `${cmdlet}: ${error}`, ...(Number.isNaN(at) ? {} : { at, isLocal }) };
    sink.see(occurrence);
    sink.recognize(occurrence);
  });
}

function readElement(xml: string): ReturnType<typeof parseXml> | undefined {
  try {
    return parseXml(xml, { maximumBytes: 2_097_152, maximumDepth: 60, maximumNodes: 20_000 });
  } catch {
    return undefined;
  }
}
