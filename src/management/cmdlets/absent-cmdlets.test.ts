import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestShell } from '../shell/test-shell.ts';
import { absences, whyAbsent } from './absent-cmdlets.ts';
import { directorySyncCmdlets } from './directory-sync-cmdlets.ts';
import { exchangeCmdlets } from './exchange-cmdlets.ts';
import { relayCmdlets } from './relay-cmdlets.ts';
import { tenantCmdlets } from './tenant-cmdlets.ts';

test('no cmdlet is said to be absent that is here, none for two reasons', () => {
  const here = [...exchangeCmdlets, ...tenantCmdlets, ...relayCmdlets, ...directorySyncCmdlets].map(({ name }) => name);
  assert.deepEqual(here.filter((name) => whyAbsent(name) !== undefined), []);
  const all = absences.flatMap(({ cmdlets }) => cmdlets.map((name) => name.toLowerCase()));
  assert.deepEqual(all.filter((name, index) => all.indexOf(name) !== index), []);
  assert.equal(whyAbsent('Get-Nonsense'), undefined);
});

test('shell and admin API say why a published cmdlet is not here', async () => {
  const shell = await openTestShell();
  try {
    assert.match(await shell.type('new-moverequest -Identity bert -Remote'), /^The term 'new-moverequest' is not recognized[\s\S]+At line:1 char:1\n[\s\S]+What to do {12}: It is not here: Mailbox moves are not built;/);
    assert.match(await shell.type('Get-Help Get-MailboxStatistics'), /It is not here: No statistics of mailboxes are kept/);
    await assert.rejects(shell.exchange.session.invoke('Update-HybridConfiguration', {}), (error: Error & { code?: string; remedy?: string }) => error.code === 'MANAGEMENT_CMDLET_NOT_FOUND' && error.remedy?.includes('hybridge setup') === true);
    // A slip of the pen in the name of one that is here is still told.
    assert.match(await shell.type('Get-OabVirtualDirectry'), /Did you mean Get-OabVirtualDirectory\?/);
    assert.match(await shell.type('Get-OwaVirtualDirectory'), /There is no Outlook on the web/);
  } finally {
    await shell.close();
  }
});
