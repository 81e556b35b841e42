import type { ShellCommand } from '../runtime/shell-state.ts';
import { csvLines, csvParameters } from './csv-text.ts';

export const convertToCsv: ShellCommand = {
  name: 'ConvertTo-Csv',
  aliases: [],
  synopsis: 'Gives objects as lines of comma-separated values.',
  example: 'Get-Mailbox | Select-Object Name,PrimarySmtpAddress | ConvertTo-Csv -NoTypeInformation',
  parameters: csvParameters,
  async *run(call) {
    yield* await csvLines(call);
  },
};
