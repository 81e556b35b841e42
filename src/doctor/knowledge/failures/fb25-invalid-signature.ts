import { cloudLooksAgain, testOAuthFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const invalidSignature: Failure = {
  id: 'FB25',
  title: 'The token has an invalid signature (2000000)',
  message: 'System.Net.WebException: The remote server returned an error: (401) Unauthorized. Boolean reloadConfig, diagnostics: 2000000;reason="The token has an invalid signature.";error_category="invalid_signature"',
  texts: ['The token has an invalid signature.', '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"'],
  marks: ['error_category="invalid_signature"'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth'],
  underneath: 'The token names its signing key by thumbprint. The responder has no such key of this issuer among the metadata that it keeps, or the signature does not fit.',
  causes: [
    {
      id: 'fb25-stale-keys',
      title: 'The issuer has changed its signing key and the stored metadata is old',
      why: 'AuthServer objects keep a copy of the issuer’s certificates.',
      proof: [{ on: 'on-premises', run: 'Get-AuthServer | Format-List Name, IssuerIdentifier, TokenIssuingEndpoint, AuthMetadataUrl, Enabled', expect: 'The right URLs; only the keys behind them are old' }],
      repair: [{ on: 'on-premises', run: 'Get-AuthServer | Set-AuthServer -RefreshAuthMetadata' }],
      risk: 'None. Servers take the new keys within about 15 minutes; iisreset makes it at once.',
    },
    {
      id: 'fb25-metadata-url',
      title: 'The AuthServer’s metadata URL is wrong or cannot be reached',
      why: 'Refreshing reads nothing, and the keys grow old again after the next change.',
      proof: [{ on: 'on-premises', run: 'Set-AuthServer -Identity "<auth server>" -RefreshAuthMetadata', expect: 'An error of the connection' }],
      repair: [{ on: 'on-premises', run: 'Set-AuthServer -Identity "<auth server>" -AuthMetadataUrl https://accounts.accesscontrol.windows.net/<tenant domain>/metadata/json/1' }],
      risk: 'The keys at that URL are trusted: check its spelling.',
    },
  ],
  check: [testOAuthFromCloud, ...cloudLooksAgain],
  prevention: 'Let servers reach the metadata URL, so that the daily refresh works.',
  references: [errorTable('25'), resolveErrors],
};
