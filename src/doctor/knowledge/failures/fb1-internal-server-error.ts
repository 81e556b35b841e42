import { cloudLooksAgain, testOAuthFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const internalServerError: Failure = {
  id: 'FB1',
  title: 'An internal server error occurred. The operation failed.',
  message: 'Proxy web request failed. , inner exception: An internal server error occurred. The operation failed.',
  texts: ['An internal server error occurred. The operation failed.', 'The remote server returned an error: (500) Internal Server Error.'],
  translations: ['Der Remoteserver hat einen Fehler zurückgegeben: (500) Interner Serverfehler.', 'Le serveur distant a retourné une erreur : (500) Erreur interne du serveur.', 'Error en el servidor remoto: (500) Error interno del servidor.'],
  marks: ['returned an error: (500)', 'inner exception: An internal server error', 'LID: 59916', '(500) Internal Server Error'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth'],
  underneath: 'The cloud reached the on-premises EWS endpoint and was believed, and then EWS itself broke: the answer is HTTP 500 or a SOAP fault without a reason. Autodiscover runs in a pool of its own and may answer perfectly well, so a test of Autodiscover proves nothing here.',
  causes: [
    {
      id: 'fb1-pool-stopped',
      title: 'The EWS application pool or an Exchange service behind it is stopped or failing',
      why: 'IIS takes the request and the back end has nobody to work on it.',
      proof: [
        { on: 'server', run: 'Get-WebAppPoolState MSExchangeServicesAppPool', expect: 'Stopped' },
        { on: 'server', run: 'Test-ServiceHealth', expect: 'RequiredServicesRunning: False' },
        { on: 'server', act: 'IIS log of the Default Web Site: lines of ASProxy/CrossForest/EmailDomain with status 500.' },
      ],
      repair: [{ on: 'server', run: 'Start-WebAppPool MSExchangeServicesAppPool' }, { on: 'server', act: 'Start the services that Test-ServiceHealth lists under ServicesNotRunning (Start-Service). If the pool stops again, the System log says why (WAS 5002, 5059).' }],
      risk: 'None for others: EWS clients were failing already.',
    },
    {
      id: 'fb1-known-defect',
      title: 'Exchange 2016 CU8: a known defect of OAuth',
      why: 'That build fails on tokens of the cloud, whatever the configuration; CU9 corrected it.',
      clues: ['Exchange 2016 CU8', '15.1.1415'],
      proof: [{ on: 'on-premises', run: 'Get-ExchangeServer | Format-List Name, AdminDisplayVersion', expect: 'Version 15.1 (Build 1415.x)' }],
      repair: [{ on: 'server', act: 'Install the current cumulative update on every server. Only the current one and the one before are supported in a hybrid deployment.' }],
      risk: 'An update takes a server out of service for as long as it runs; put it into maintenance mode first.',
    },
  ],
  check: [testOAuthFromCloud, ...cloudLooksAgain],
  prevention: 'Keep servers at the current or previous cumulative update, and watch /EWS/healthcheck.htm of each server.',
  references: [errorTable('1'), resolveErrors],
};
