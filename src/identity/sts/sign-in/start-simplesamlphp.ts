import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateWithKey } from '../../certificates/create-certificate-authority.ts';

const root = '/usr/share/simplesamlphp/www';

/** Why the test with SimpleSAMLphp cannot run here; false where it can. */
export const skipWithoutSimpleSamlPhp = existsSync(`${root}/module.php`) && spawnSync('php', ['-r', 'exit(extension_loaded("dom") ? 0 : 1);']).status === 0 ? false : 'SimpleSAMLphp is not installed (apt-get install simplesamlphp php-cli php-xml)';

/** What SimpleSAMLphp says of the person who is always signed in at it. */
export interface Person {
  userPrincipalName: string;
  immutableId: string;
}

export interface RunningIdentityProvider {
  /** Its WS-Federation endpoint. */
  passive: string;
  /** Its SAML 2.0 endpoint. */
  saml: string;
  issuers: { passive: string; saml: string };
  close(): Promise<void>;
}

/**
 * For tests: Debian's SimpleSAMLphp as an identity provider for WS-Federation and SAML 2.0, configured for Azure AD's
 * realm. PHP's own web server runs it; TLS ends in front of that.
 */
export async function startSimpleSamlPhp({ key, person, answerUrl, tls }: { key: CertificateWithKey; person: Person; answerUrl: string; tls: { cert: string; key: string } }): Promise<RunningIdentityProvider> {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-simplesamlphp-'));
  const server = createServer(tls);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuers = { passive: 'http://idp.contoso.test/adfs', saml: 'http://idp.contoso.test/saml' };
  writeConfiguration(folder, { base, key, person, answerUrl, issuers });
  const port = await freePort();
  const php = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', root, join(folder, 'router.php')], { env: { PATH: '/usr/bin:/bin', SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'config') }, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(php, 'exit');
  await untilStarted(php.stderr);
  server.on('request', (request, response) => {
    const upstream = plainRequest({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  return {
    passive: `${base}/module.php/adfs/idp/prp.php`,
    saml: `${base}/saml2/idp/SSOService.php`,
    issuers,
    async close() {
      server.closeAllConnections();
      server.close();
      php.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function writeConfiguration(folder: string, { base, key, person, answerUrl, issuers }: { base: string; key: CertificateWithKey; person: Person; answerUrl: string; issuers: { passive: string; saml: string } }): void {
  for (const name of ['config', 'metadata', 'cert', 'data', 'log', 'tmp']) mkdirSync(join(folder, name));
  const php = (name: string, text: string): void => writeFileSync(join(folder, name), `<?php\n${text}\n`);
  writeFileSync(join(folder, 'cert/idp.pem'), key.privateKey);
  writeFileSync(join(folder, 'cert/idp.crt'), key.certificate);
  php(
    'config/config.php',
    `$config = ['baseurlpath' => '${base}/', 'certdir' => '${folder}/cert/', 'loggingdir' => '${folder}/log/', 'datadir' => '${folder}/data/', 'tempdir' => '${folder}/tmp', 'metadatadir' => '${folder}/metadata/',
  'secretsalt' => 'salt of a test, thirty-two chars.', 'auth.adminpassword' => 'not used', 'timezone' => 'UTC', 'logging.handler' => 'file', 'logging.logfile' => 'idp.log', 'enable.saml20-idp' => true, 'enable.adfs-idp' => true,
  'module.enable' => ['exampleauth' => true, 'adfs' => true, 'saml' => true, 'core' => true], 'store.type' => 'phpsession', 'session.phpsession.savepath' => '${folder}/data',
  'metadata.sources' => [['type' => 'flatfile', 'directory' => '${folder}/metadata']], 'language.default' => 'en', 'language.available' => ['en']];`,
  );
  php(
    'config/authsources.php',
    `$config = ['static' => ['exampleauth:StaticSource', 'UPN' => ['${person.userPrincipalName}'], 'Group' => ['Staff', 'Everybody'], 'ImmutableID' => ['${person.immutableId}'], 'http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID' => ['${person.immutableId}']]];`,
  );
  const hosted = "['host' => '__DEFAULT__', 'privatekey' => 'idp.pem', 'certificate' => 'idp.crt', 'auth' => 'static']";
  php('metadata/adfs-idp-hosted.php', `$metadata['${issuers.passive}'] = ${hosted};`);
  php('metadata/saml20-idp-hosted.php', `$metadata['${issuers.saml}'] = ${hosted};`);
  php('metadata/adfs-sp-remote.php', `$metadata['urn:federation:MicrosoftOnline'] = ['prp' => '${answerUrl}', 'simplesaml.nameidattribute' => 'ImmutableID', 'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'];`);
  const persistent = "'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'";
  php('metadata/saml20-sp-remote.php', `$metadata['urn:federation:MicrosoftOnline'] = ['AssertionConsumerService' => '${answerUrl}', 'NameIDFormat' => ${persistent}, 'authproc' => [3 => ['class' => 'saml:AttributeNameID', 'attribute' => 'ImmutableID', 'Format' => ${persistent}]]];`);
  php(
    'router.php',
    `$_SERVER['HTTPS'] = 'on';
if (!preg_match('#^(/(?:module|saml2/idp/SSOService)\\.php)(/.*)?$#', parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), $part)) { http_response_code(404); return true; }
$_SERVER['SCRIPT_NAME'] = $part[1]; $_SERVER['SCRIPT_FILENAME'] = '${root}' . $part[1]; $_SERVER['PATH_INFO'] = $part[2] ?? '';
chdir(dirname('${root}' . $part[1]));
require '${root}' . $part[1];`,
  );
}

/** PHP takes no port 0: one that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** PHP says so, and then a line for each request. */
async function untilStarted(output: Readable): Promise<void> {
  let text = '';
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes('started')) break;
  }
  output.resume();
}
