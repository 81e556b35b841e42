import { findAttribute, findChild, parseXml } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import type { FileSink } from '../evidence-collector.ts';
import { createElementCollector } from './element-collector.ts';
import { judgeEvent } from './event-meaning.ts';
import type { LineReader } from './evidence-reader.ts';

const eventNamespace = 'http://schemas.microsoft.com/win/2004/08/events/event';

/** Events as Event Viewer, `wevtutil` and `Get-WinEvent | ForEach ToXml` export them; `SystemTime` is UTC. */
export function createEventXmlReader(sink: FileSink): LineReader {
  let broken = 0;
  return {
    ...createElementCollector('Event', (xml, line) => {
      const event = readEvent(xml);
      const system = event === undefined ? undefined : findChild(event, eventNamespace, 'System');
      if (event === undefined || system === undefined) {
        broken++;
        return;
      }
      const part = (name: string): XmlElement | undefined => findChild(system, eventNamespace, name);
      const at = Date.parse(findAttribute(part('TimeCreated') ?? system, 'SystemTime') ?? '');
      const rendered = findChild(event, eventNamespace, 'RenderingInfo');
      const message = rendered === undefined ? '' : (findChild(rendered, eventNamespace, 'Message')?.text ?? '');
      const data = ['EventData', 'UserData'].flatMap((name) => textsOf(findChild(event, eventNamespace, name))).join(' ');
      judgeEvent({ id: Number(part('EventID')?.text), source: findAttribute(part('Provider') ?? system, 'Name') ?? '', text: `${message} ${data}`.trim(), level: Number(part('Level')?.text || '4'), line, ...(Number.isNaN(at) ? {} : { at }) }, sink);
    }),
    end() {
      if (broken > 0) sink.note(`${broken} event${broken === 1 ? ' is' : 's are'} not whole and ${broken === 1 ? 'was' : 'were'} passed over.`);
    },
  };
}

function readEvent(xml: string): XmlElement | undefined {
  try {
    const root = parseXml(xml.includes(eventNamespace) ? xml : xml.replace(/^<Event/, `<Event xmlns="${eventNamespace}"`), { maximumBytes: 2_097_152, maximumDepth: 60, maximumNodes: 20_000 });
    return root;
  } catch {
    return undefined;
  }
}

function textsOf(element: XmlElement | undefined): string[] {
  if (element === undefined) return [];
  return element.children.length === 0 ? [element.text] : element.children.flatMap(textsOf);
}
