import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServiceWorld } from './service-world.ts';

test('a folder for access logs that cannot be made is told with a remedy, and nothing starts', async () => {
  const world = await startServiceWorld();
  try {
    world.file('admin.key', 'a-key-of-the-relay');
    const blocked = world.file('blocked', 'a file where a folder should be');
    world.file('relay.yaml', ['stateDirectory: state', 'domains: [localhost]', 'certificates: [{ certificate: relay.pem, privateKey: relay.key }]', 'public: { port: 0 }', 'admin: { port: 0, key: { file: admin.key } }', `accessLogDirectory: ${blocked}/logs`, ''].join('\n'));
    const { code, stderr } = await world.run(['relay', '--config', 'relay.yaml']);
    assert.equal(code, 78);
    assert.match(stderr, /^CONFIGURATION_FOLDER: The folder for access logs, .*blocked\/logs, cannot be used \(ENOTDIR\)\.\nMake it and give it/);
  } finally {
    await world.close();
  }
});
