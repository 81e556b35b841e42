import { ManagementError } from '../../management-error.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

/** The task of EWS, `Identity`, `IsValid` and `ObjectState` are as published; that the other two follow its pattern is *unverified*. */
export const testOAuthConnectivity = defineExchangeCmdlet({
  name: 'Test-OAuthConnectivity',
  synopsis: 'Gets a server-to-server token and calls the other organisation with it.',
  parameters: {
    Service: { type: ['EWS', 'AutoD', 'Generic'], mandatory: true, description: 'What is called: EWS, Autodiscover, or just the address.' },
    TargetUri: { type: 'url', mandatory: true, description: 'Address of the service. With EWS, …/metadata/json/1 means the EWS of that host, as in the published instructions.' },
    Mailbox: { type: 'string', pipeline: true, description: 'The mailbox on whose behalf the call is made.' },
    AppOnly: { type: 'switch', description: 'Calls as the application itself.' },
    ReloadConfig: { type: 'switch', description: 'Goes by the configuration as it is now, even where the server keeps settings for a while.' },
    UseCachedToken: { type: 'switch', description: 'Uses a token that is kept, where there is one.' },
  },
  outputs: ['Task', 'Detail', 'ResultType', 'Identity', 'IsValid', 'ObjectState'],
  example: 'Test-OAuthConnectivity -Service EWS -TargetUri https://outlook.cloud.test/ews/exchange.asmx -Mailbox bert@contoso.test -Verbose',
  roles: ['Monitoring', 'Organization Client Access', 'View-Only Configuration'],
  async run(context, { Service, TargetUri, Mailbox, AppOnly, ReloadConfig, UseCachedToken }) {
    if (AppOnly !== true && Mailbox === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Name the mailbox on whose behalf the call is made, or use AppOnly.', { remedy: 'Add -Mailbox <address>.' });
    const [recipient] = Mailbox === undefined ? [] : await context.organization.directory.find(Mailbox);
    if (Mailbox !== undefined && recipient === undefined) throw objectNotFound(context, Mailbox);
    const { isSuccess, detail } = await context.webServer.testOAuth({
      service: Service,
      targetUri: TargetUri,
      ...(AppOnly === true || recipient === undefined ? {} : { recipient }),
      useCachedToken: UseCachedToken === true,
      reloadConfig: ReloadConfig === true,
    });
    return [
      {
        Task: `Checking ${Service} API Call Under Oauth`,
        Detail: detail.join('\r\n'),
        ResultType: isSuccess ? 'Success' : 'Error',
        Identity: 'Microsoft.Exchange.Security.OAuth.ValidationResultNodeId',
        IsValid: true,
        ObjectState: 'New',
      },
    ];
  },
});
