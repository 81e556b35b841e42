import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../foundation/index.ts';
import { errorCode, errorText, makeFolder } from '../../foundation/index.ts';
import { formatInvocation } from '../../management/index.ts';
import type { CmdletSession } from '../../management/index.ts';
import type { SessionName, Sessions } from '../plan.ts';
import { intoRecords } from './records-folder.ts';

/** Ids of lines that the Hybrid Configuration Wizard's own log has for the same thing; `general` is *unverified*. */
export const hcwLogIds = { general: 10000, page: 10224, coexistence: 10310, workflowError: 10241, cmdletStart: 10276, cmdletFinish: 10277, agentValidation: 10349, testDuration: 10390, uninstall: 10343 } as const;

export type HcwLogLevel = '' | '*ERROR*' | 'WARNING';

/** A log in the format of the Hybrid Configuration Wizard: `<yyyyMMdd_HHmmss>.log`, and `.xhcw` with every cmdlet. */
export interface HcwLog {
  /** Path of the `.log`. */
  readonly file: string;
  write(id: number, text: string, options?: { level?: HcwLogLevel; keys?: Readonly<Record<string, string>> }): void;
  /** The same sessions; what runs on them is logged. */
  observe(sessions: Partial<Sessions>): Partial<Sessions>;
  /** The page or phase that lines belong to from now on. */
  enter(keys: Readonly<Record<string, string>>): void;
}

/** The wizard knows two sessions; the directory belongs to the tenant's. */
const sessionKeys: Readonly<Record<SessionName, string>> = { OnPremises: 'OnPremises', Cloud: 'Tenant', Tenant: 'Tenant', Relay: 'HybridService' };

/**
 * What cannot be written is lost, since the record of a run is what counts; `onLost` gets the first error.
 *
 * @throws WizardError `WIZARD_RECORDS` where the folder cannot be made
 */
export function createHcwLog(folder: string, name: string, clock: Clock, onLost: (error: unknown) => void = () => undefined): HcwLog {
  intoRecords(folder, () => makeFolder(folder, { mode: 0o700 }));
  let isLost = false;
  const append = (path: string, text: string): void => {
    try {
      appendFileSync(path, text, { mode: 0o600 });
    } catch (error) {
      if (!isLost) onLost(error);
      isLost = true;
    }
  };
  const file = join(folder, `${name}.log`);
  const cmdletsFile = join(folder, `${name}.xhcw`);
  let place: Readonly<Record<string, string>> = {};
  const write: HcwLog['write'] = (id, text, { level = '', keys = {} } = {}) => {
    append(file, hcwLogLine({ at: clock.now(), id, text, level, keys: { ...place, ...keys } }));
  };
  const observeSession = (sessionName: SessionName, session: CmdletSession): CmdletSession => ({
    name: session.name,
    async invoke(cmdlet, parameters = {}) {
      const keys = { Session: sessionKeys[sessionName], Cmdlet: cmdlet };
      const line = formatInvocation({ session: sessionName, cmdlet, parameters });
      const started = clock.now();
      const finish = (result: string, level: HcwLogLevel): void => {
        const duration = clock.now() - started;
        write(hcwLogIds.cmdletFinish, `FINISH Time=${duration.toFixed(1)}ms Results=${result}`, { keys, level });
        append(cmdletsFile, invokeElement({ cmdlet, type: keys.Session, started, duration, line, ...(level === '' ? {} : { error: result }) }));
      };
      write(hcwLogIds.cmdletStart, `START ${line}`, { keys });
      try {
        const output = await session.invoke(cmdlet, parameters);
        finish(output.length === 0 ? 'PowerShell Command completed with no output' : `${output.length} object${output.length === 1 ? '' : 's'}`, '');
        return output;
      } catch (error) {
        // Not every organisation has every cmdlet.
        finish(`PowerShell failed to invoke '${cmdlet}': ${errorText(error)}`, errorCode(error) === 'MANAGEMENT_CMDLET_NOT_FOUND' ? 'WARNING' : '*ERROR*');
        throw error;
      }
    },
  });
  return {
    file,
    write,
    enter(keys) {
      place = keys;
      if (keys['Page'] !== undefined) write(hcwLogIds.page, keys['Page']);
    },
    observe: (sessions) => Object.fromEntries(Object.entries(sessions).map(([sessionName, session]) => [sessionName, observeSession(sessionName as SessionName, session)])),
  };
}

/**
 * One line, UTC: `2019.10.21 13:09:24.552 *ERROR* 10349 [Client=UX, Page=HybridConnectorInstall, Thread=20] text`. The
 * level stands in nine columns, blanks around it included. Line breaks within a text would make two lines of one.
 */
export function hcwLogLine({ at, id, text, level, keys }: { at: number; id: number; text: string; level: HcwLogLevel; keys: Readonly<Record<string, string>> }): string {
  const stamp = new Date(at).toISOString().replace('T', ' ').replace('Z', '').replace(/^(\d{4})-(\d\d)-/, '$1.$2.');
  const context = Object.entries({ Client: 'UX', ...keys, Thread: '1' }).map(([key, value]) => `${key}=${value}`);
  return `${stamp}${` ${level}`.padEnd(9)}${String(id).padStart(5, '0')} [${context.join(', ')}] ${text.replace(/\s*[\r\n]+\s*/g, ' ')}\n`;
}

/**
 * `<invoke cmdlet="…" type="OnPremises|Tenant" start="…" duration="…">` with the command line as a comment, one after
 * the other without a root, as tools that read the wizard's files expect (CSS's collection script: they put a root around).
 */
function invokeElement({ cmdlet, type, started, duration, line, error }: { cmdlet: string; type: string; started: number; duration: number; line: string; error?: string }): string {
  const attributes = Object.entries({ cmdlet, type, start: new Date(started).toISOString(), duration: (duration / 1000).toFixed(3) }).map(([name, value]) => `${name}="${escapeXml(value)}"`);
  // A comment may hold no two hyphens in a row (XML 1.0 §2.5).
  const comment = ` ${line.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/-(?=-)/g, '- ')} `;
  return `<invoke ${attributes.join(' ')}><!--${comment}-->${error === undefined ? '' : `<error>${escapeXml(error)}</error>`}</invoke>\n`;
}

function escapeXml(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark);
}
