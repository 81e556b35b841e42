import { addContent } from './add-content.ts';
import { addMember } from './add-member.ts';
import { clearHost } from './clear-host.ts';
import { compareObject } from './compare-object.ts';
import { convertFromCsv } from './convert-from-csv.ts';
import { convertFromJson } from './convert-from-json.ts';
import { convertToCsv } from './convert-to-csv.ts';
import { convertToHtml } from './convert-to-html.ts';
import { convertToJson } from './convert-to-json.ts';
import { convertToSecureString } from './convert-to-secure-string.ts';
import { disconnectAzureAd, disconnectExchangeOnline, disconnectMgGraph } from './disconnect.ts';
import { exit } from './exit.ts';
import { exportClixml } from './export-clixml.ts';
import { exportCsv } from './export-csv.ts';
import { forEachObject } from './for-each-object.ts';
import { formatList } from './format-list.ts';
import { formatTable } from './format-table.ts';
import { formatWide } from './format-wide.ts';
import { getAlias } from './get-alias.ts';
import { getChildItem } from './get-child-item.ts';
import { getCommand } from './get-command.ts';
import { getConnectionInformation } from './get-connection-information.ts';
import { getContent } from './get-content.ts';
import { getCredential } from './get-credential.ts';
import { getDate } from './get-date.ts';
import { getHelp } from './get-help.ts';
import { getHistory } from './get-history.ts';
import { getLocation } from './get-location.ts';
import { getMember } from './get-member.ts';
import { getRandom } from './get-random.ts';
import { getUnique } from './get-unique.ts';
import { getVariableCommand } from './get-variable.ts';
import { groupObject } from './group-object.ts';
import { iisreset } from './iisreset.ts';
import { importClixml } from './import-clixml.ts';
import { importCsv } from './import-csv.ts';
import { importModule } from './import-module.ts';
import { invokeCommand } from './invoke-command.ts';
import { invokeExpression } from './invoke-expression.ts';
import { invokeHistory } from './invoke-history.ts';
import { joinPath } from './join-path.ts';
import { measureCommand } from './measure-command.ts';
import { measureObject } from './measure-object.ts';
import { newItem } from './new-item.ts';
import { newObject } from './new-object.ts';
import { newTimeSpan } from './new-time-span.ts';
import { outFile } from './out-file.ts';
import { outHost } from './out-host.ts';
import { outNull } from './out-null.ts';
import { outString } from './out-string.ts';
import { readHost } from './read-host.ts';
import { removeItem } from './remove-item.ts';
import { removeVariable } from './remove-variable.ts';
import { selectObject } from './select-object.ts';
import { selectString } from './select-string.ts';
import { setAlias } from './set-alias.ts';
import { setContent } from './set-content.ts';
import { setLocation } from './set-location.ts';
import { setStrictMode } from './set-strict-mode.ts';
import { setVariableCommand } from './set-variable.ts';
import { sortObject } from './sort-object.ts';
import { splitPath } from './split-path.ts';
import { startSleep } from './start-sleep.ts';
import { startTranscript } from './start-transcript.ts';
import { stopTranscript } from './stop-transcript.ts';
import { teeObject } from './tee-object.ts';
import { testPath } from './test-path.ts';
import { whereObject } from './where-object.ts';
import { writeError } from './write-error.ts';
import { writeHost } from './write-host.ts';
import { writeInformation } from './write-information.ts';
import { writeOutput } from './write-output.ts';
import { writeProgress } from './write-progress.ts';
import { writeVerbose } from './write-verbose.ts';
import { writeWarning } from './write-warning.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

/** The commands of the shell's own: what PowerShell has without any session. */
export const shellCommands: readonly ShellCommand[] = [
  addContent,
  addMember,
  clearHost,
  compareObject,
  convertFromCsv,
  convertFromJson,
  convertToCsv,
  convertToHtml,
  convertToJson,
  convertToSecureString,
  disconnectAzureAd,
  disconnectExchangeOnline,
  disconnectMgGraph,
  exit,
  exportClixml,
  exportCsv,
  forEachObject,
  formatList,
  formatTable,
  formatWide,
  getAlias,
  getChildItem,
  getCommand,
  getConnectionInformation,
  getContent,
  getCredential,
  getDate,
  getHelp,
  getHistory,
  getLocation,
  getMember,
  getRandom,
  getUnique,
  getVariableCommand,
  groupObject,
  iisreset,
  importClixml,
  importCsv,
  importModule,
  invokeCommand,
  invokeExpression,
  invokeHistory,
  joinPath,
  measureCommand,
  measureObject,
  newItem,
  newObject,
  newTimeSpan,
  outFile,
  outHost,
  outNull,
  outString,
  readHost,
  removeItem,
  removeVariable,
  selectObject,
  selectString,
  setAlias,
  setContent,
  setLocation,
  setStrictMode,
  setVariableCommand,
  sortObject,
  splitPath,
  startSleep,
  startTranscript,
  stopTranscript,
  teeObject,
  testPath,
  whereObject,
  writeError,
  writeHost,
  writeInformation,
  writeOutput,
  writeProgress,
  writeVerbose,
  writeWarning,
];
