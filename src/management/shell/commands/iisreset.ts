import { findCmdlet } from '../runtime/find-cmdlet.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

export const iisreset: ShellCommand = {
  name: 'iisreset',
  aliases: ['iisreset.exe'],
  synopsis: 'Makes the web server of the on-premises session forget what it keeps, as Restart-Service -Name W3SVC does. Requests in work go on.',
  example: 'iisreset /noforce',
  // The tool's own switches (/noforce, /restart, a computer’s name) change nothing here.
  parameters: { Switches: { type: 'value', position: 0, remaining: true } },
  // eslint-disable-next-line require-yield -- it puts out nothing
  async *run({ state, extent }) {
    const { connection } = findCmdlet(state, 'Restart-Service', extent);
    state.host.writeHost('Attempting stop...\nInternet services successfully stopped\nAttempting start...');
    await connection.session.invoke('Restart-Service', { Name: 'W3SVC' });
    state.host.writeHost('Internet services successfully restarted');
  },
};
