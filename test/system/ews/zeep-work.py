# Work by a client that knows nothing of Exchange: Debian's python3-zeep makes one from the WSDL document and the schemas that
# the server gives, and holds every answer to them. Facts come as JSON on standard input; every step checks itself.
import datetime, json, os, socket, sys
from urllib.parse import urljoin

# RFC 6761: every name under localhost is this machine; glibc leaves that to an optional module.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: resolve('127.0.0.1' if str(host).endswith('.localhost') else host, *rest, **more)
facts = json.loads(sys.stdin.read())
me, other, run = facts['me'], facts['other'], facts['run']

import requests, zeep
from zeep.transports import Transport

os.environ['REQUESTS_CA_BUNDLE'] = facts['ca']
session = requests.Session()
description = urljoin(facts['url'], '/ews/SERVICES.wsdl')

# The documents are behind the sign-in of the virtual directory, as those of Exchange are.
assert session.get(description).status_code == 401
if 'token' in me:
    session.headers['authorization'] = 'Bearer ' + me['token']
elif facts['ntlm']:
    from requests_ntlm import HttpNtlmAuth
    session.auth = HttpNtlmAuth(me['user'], me['password'])
else:
    session.auth = (me['user'], me['password'])
for name, content in (('services.wsdl', 'wsdl:definitions'), ('Messages.xsd', 'xs:schema'), ('types.XSD', 'xs:schema')):
    answer = session.get(urljoin(facts['url'], '/EWS/' + name))
    assert answer.status_code == 200 and answer.headers['content-type'].startswith('text/xml') and content in answer.text, name
assert session.get(urljoin(facts['url'], '/EWS/other.xsd')).status_code == 404

client = zeep.Client(description, transport=Transport(session=session), settings=zeep.Settings(strict=True))
types = client.type_factory('http://schemas.microsoft.com/exchange/services/2006/types')
headers = {'RequestVersion': {'Version': 'Exchange2016'}}


def call(name, **request):
    answer = getattr(client.service, name)(_soapheaders=headers, **request).body
    if 'ResponseMessages' not in answer or answer['ResponseMessages'] is None:
        return answer
    message = answer['ResponseMessages'][name + 'ResponseMessage'][0]
    assert message['ResponseCode'] == 'NoError', (name, message)
    return message


def found(message, kind):
    return [entry[kind] for entry in message['_value_1'] or [] if entry.get(kind) is not None]


inbox = {'DistinguishedFolderId': {'Id': 'inbox'}}
shape = {'BaseShape': 'AllProperties'}

folder = call('GetFolder', FolderShape={'BaseShape': 'Default'}, FolderIds={'_value_1': [inbox]})['Folders']
assert found(folder, 'Folder')[0]['FolderId']['Id']
made = call('CreateFolder', ParentFolderId=inbox, Folders={'_value_1': [{'Folder': {'DisplayName': 'Described ' + run}}]})
here = {'FolderId': {'Id': found(made['Folders'], 'Folder')[0]['FolderId']['Id']}}

message = types.MessageType(
    Subject='Described ' + run,
    Body={'_value_1': 'made by a description', 'BodyType': 'Text'},
    Categories={'String': ['one', 'two']},
    ToRecipients={'Mailbox': [{'EmailAddress': other['address']}]},
    ExtendedProperty=[{'ExtendedFieldURI': {'PropertySetId': 'c11ff724-aa03-4555-9952-8fa248a11c3e', 'PropertyName': 'Described', 'PropertyType': 'Integer'}, 'Value': '7'}],
)
created = found(call('CreateItem', MessageDisposition='SaveOnly', SavedItemFolderId=here, Items={'_value_1': [{'Message': message}]})['Items'], 'Message')[0]['ItemId']
view = {'IndexedPageItemView': {'MaxEntriesReturned': 10, 'Offset': 0, 'BasePoint': 'Beginning'}}
page = client.service.FindItem(
    _soapheaders=headers,
    Traversal='Shallow',
    ItemShape={'BaseShape': 'IdOnly'},
    Restriction={'IsEqualTo': {'FieldURI': {'FieldURI': 'item:Subject'}, 'FieldURIOrConstant': {'Constant': {'Value': 'Described ' + run}}}},
    ParentFolderIds={'_value_1': [here]},
    **view,
).body['ResponseMessages']['FindItemResponseMessage'][0]['RootFolder']
assert page['TotalItemsInView'] == 1 and page['IncludesLastItemInRange'] is True
assert found(page['Items'], 'Message')[0]['ItemId']['Id'] == created['Id']
item = found(call('GetItem', ItemShape=shape, ItemIds={'_value_1': [{'ItemId': {'Id': created['Id']}}]})['Items'], 'Message')[0]
assert item['Body']['_value_1'] == 'made by a description' and item['Categories']['String'] == ['one', 'two'], item
assert item['ToRecipients']['Mailbox'][0]['EmailAddress'] == other['address']
synchronized = call('SyncFolderItems', ItemShape={'BaseShape': 'IdOnly'}, SyncFolderId=here, MaxChangesReturned=10)
assert found(synchronized['Changes'], 'Create')[0]['Message']['ItemId']['Id'] == created['Id']
updates = {'SetItemField': {'FieldURI': {'FieldURI': 'item:Subject'}, 'Message': {'Subject': 'Changed'}}}
changed = call('UpdateItem', ConflictResolution='AutoResolve', MessageDisposition='SaveOnly', ItemChanges={'ItemChange': [{'ItemId': created, 'Updates': {'_value_1': [updates]}}]})
assert found(changed['Items'], 'Message')[0]['ItemId']['ChangeKey'] != created['ChangeKey']
call('DeleteItem', DeleteType='HardDelete', ItemIds={'_value_1': [{'ItemId': {'Id': created['Id']}}]})

people = call('ResolveNames', UnresolvedEntry=other['address'], ReturnFullContactData=True)['ResolutionSet']
assert people['Resolution'][0]['Mailbox']['EmailAddress'].lower() == other['address'].lower()
zones = call('GetServerTimeZones', ReturnFullTimeZoneData=True, Ids={'Id': ['W. Europe Standard Time']})
assert zones['TimeZoneDefinitions']['TimeZoneDefinition'][0]['Id'] == 'W. Europe Standard Time'
never = {'Bias': 0, 'Time': '00:00:00', 'DayOrder': 1, 'Month': 1, 'DayOfWeek': 'Sunday'}
busy = client.service.GetUserAvailability(
    _soapheaders=headers,
    TimeZone={'Bias': 0, 'StandardTime': never, 'DaylightTime': never},
    MailboxDataArray={'MailboxData': [{'Email': {'Address': other['address']}, 'AttendeeType': 'Required'}]},
    FreeBusyViewOptions={'TimeWindow': {'StartTime': datetime.datetime(2026, 11, 23), 'EndTime': datetime.datetime(2026, 11, 24)}, 'MergedFreeBusyIntervalInMinutes': 30, 'RequestedView': ['DetailedMerged']},
).body
assert busy['FreeBusyResponseArray']['FreeBusyResponse'][0]['ResponseMessage']['ResponseCode'] == 'NoError', busy
call('DeleteFolder', DeleteType='HardDelete', FolderIds={'_value_1': [here]})
