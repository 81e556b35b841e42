import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClientRegistry, takesModernAuthentication } from './read-client-registry.ts';

const identity = (release: string, root = 'HKEY_CURRENT_USER\\Software'): string => `[${root}\\Microsoft\\Office\\${release}\\Common\\Identity]`;

test('what reg export wrote: version and EnableADAL, a policy before the person’s own choice', () => {
  const text = ['\uFEFFWindows Registry Editor Version 5.00', '', String.raw`[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Office\ClickToRun\Configuration]`, '"VersionToReport"="16.0.17328.20184"', '', identity('16.0', 'HKEY_CURRENT_USER\\Software\\Policies'), '"EnableADAL"=dword:00000000', identity('16.0'), '"enableadal"=dword:00000001', '"SignedOutADUser"="x"', String.raw`[HKEY_CURRENT_USER\Software\Other\Common\Identity]`, '"EnableADAL"=dword:00000001'].join('\r\n');
  const read = readClientRegistry(text);
  assert.deepEqual([read.version, read.enableAdal], ['16.0.17328.20184', 0]);
  assert.match(read.enableAdalKey ?? '', /Policies/);
  assert.equal(takesModernAuthentication(read), false);
});

test('without Click-to-Run the newest installation counts; binary and empty files say nothing', () => {
  const roots = String.raw`[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Office\14.0\Outlook\InstallRoot]
"Path"="C:\\Program Files\\Office14\\"
[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Office\15.0\Common\InstallRoot]
"Path"="C:\\Program Files\\Office15\\"`;
  assert.deepEqual(readClientRegistry(roots), { version: '15.0' });
  for (const nothing of ['', '\0\u0001\u0002', '[', '"EnableADAL"=dword:0']) assert.deepEqual(readClientRegistry(nothing), { version: '' });
});

test('which releases offer a Bearer: 2016 unless told not to, 2013 only where told to, 2010 never', () => {
  const cases = [['16.0.1', undefined, true], ['16.0.1', 0, false], ['', undefined, true], ['', 0, false], ['15.0.4569.1506', undefined, false], ['15.0.4569.1506', 1, true], ['14.0.7268', 1, false]] as const;
  for (const [version, enableAdal, expected] of cases) assert.equal(takesModernAuthentication({ version, ...(enableAdal === undefined ? {} : { enableAdal }) }), expected, `${version} ${enableAdal}`);
});
