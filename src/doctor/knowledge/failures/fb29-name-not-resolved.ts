import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const nameNotResolved: Failure = {
  id: 'FB29',
  title: 'The remote name could not be resolved',
  message: "Autodiscover failed for E-Mail Address … with error System.Net.WebException: The remote name could not be resolved: '…'",
  texts: ['System.Net.WebException: The remote name could not be resolved:', 'The remote name could not be resolved'],
  translations: ['Der Remotename konnte nicht aufgelöst werden', 'Le nom distant n’a pas pu être résolu', 'No se puede resolver el nombre remoto'],
  marks: ['The remote name could'],
  directions: ['cloud → on-premises'],
  authentication: ['OAuth', 'DAuth', 'address space'],
  underneath: 'The host in the endpoint has no address in public DNS. Exchange Online sees the Internet’s DNS, never your internal one.',
  causes: [
    {
      id: 'fb29-wrong-endpoint',
      title: 'Connector or relationship names a host that does not exist',
      why: 'An internal name, an old name, or a typing mistake in DiscoveryEndpoint, TargetAutodiscoverEpr or TargetSharingEpr.',
      clues: ['.local', 'Autodiscover failed'],
      proof: [
        { on: 'cloud', run: 'Get-IntraOrganizationConnector | Format-List Name, DiscoveryEndpoint, TargetSharingEpr' },
        { on: 'cloud', run: 'Get-OrganizationRelationship | Format-List Name, TargetAutodiscoverEpr, TargetSharingEpr', expect: 'The host in the error' },
      ],
      repair: [
        { on: 'cloud', run: 'Set-IntraOrganizationConnector "<cloud connector>" -TargetSharingEpr https://<on-premises host>/EWS/Exchange.asmx', expect: 'Where the wrong host is in TargetSharingEpr, or as a way around Autodiscover' },
        { on: 'cloud', run: 'Set-IntraOrganizationConnector "<cloud connector>" -DiscoveryEndpoint https://<autodiscover host>/autodiscover/autodiscover.svc', expect: 'Where it is in DiscoveryEndpoint' },
        { on: 'cloud', act: 'The same for the relationship: Set-OrganizationRelationship with -TargetSharingEpr or -TargetAutodiscoverEpr.' },
      ],
      risk: 'With TargetSharingEpr Autodiscover is no longer asked, and a later change of the host must be repeated here.',
    },
    {
      id: 'fb29-dns-record',
      title: 'The name is right and its public DNS record is missing',
      why: 'The record was deleted, or exists in the internal zone only.',
      proof: [{ on: 'client', run: 'Resolve-DnsName <on-premises host> -Server 8.8.8.8', expect: 'DNS name does not exist' }],
      repair: [{ on: 'network', act: 'Publish the record in the public zone, and wait for negative answers to age out.' }],
      risk: 'The name is visible to everybody.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Resolve and fetch the published names from outside your network by a monitor, and keep internal names out of connectors.',
  references: [errorTable('29'), resolveErrors],
};
