import { errorCode, errorText } from '../../../foundation/index.ts';
import { ManagementError } from '../../management-error.ts';
import { defineRelayCmdlet } from './relay-context.ts';

export const testHybridConnectivity = defineRelayCmdlet({
  name: 'Test-HybridConnectivity',
  synopsis: 'Tests whether this machine reaches what a Hybrid Agent needs; says so line by line and puts out nothing.',
  parameters: { TestO365Endpoints: { type: 'switch', description: 'Tests the endpoints of the cloud organisation, too.' } },
  outputs: [],
  example: 'Test-HybridConnectivity -TestO365Endpoints',
  async run({ connectivity, warn }, { TestO365Endpoints }) {
    if (connectivity === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'This session does not know which endpoints an agent needs.', { remedy: 'Run it on the machine of the agent: hybridge agent test.' });
    if (TestO365Endpoints === true && connectivity.office365.length === 0) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'This session does not know the cloud organisation.', { remedy: 'Name it in the file of connections (cloud), or run on the machine of the agent: hybridge agent test --test-o365-endpoints --cloud https://outlook.office365.com.' });
    for (const endpoint of [...(await connectivity.required()), ...(TestO365Endpoints === true ? connectivity.office365 : [])]) {
      connectivity.say(`Testing connection to ${endpoint.host} on port ${endpoint.port}`);
      try {
        await connectivity.connect(endpoint);
      } catch (error) {
        warn(`Unable to connect to ${endpoint.host} on port ${endpoint.port} (${errorCode(error) ?? errorText(error)}).`);
      }
    }
    return [];
  },
});
