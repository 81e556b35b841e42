# Real work by an EWS client of other makers (Debian's python3-exchangelib). Facts come as JSON on standard input; what was
# seen goes out as JSON. Every step checks itself: a wrong answer ends the script with a trace.
import datetime, json, logging, os, socket, sys, threading

# RFC 6761: every name under localhost is this machine; glibc leaves that to an optional module.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: resolve('127.0.0.1' if str(host).endswith('.localhost') else host, *rest, **more)
logging.disable(logging.CRITICAL)
facts = json.loads(sys.stdin.read())
os.environ['REQUESTS_CA_BUNDLE'] = facts['ca']

from exchangelib import *
from exchangelib import OAuth2AuthorizationCodeCredentials
from exchangelib.items import MeetingRequest, MeetingResponse, MeetingCancellation, SEND_TO_ALL_AND_SAVE_COPY
from exchangelib.properties import DistinguishedFolderId, Mailbox
from exchangelib.fields import MONDAY, THURSDAY
from exchangelib.recurrence import Recurrence, WeeklyPattern, NumberedPattern
from exchangelib.folders import Messages
from exchangelib.version import EXCHANGE_2016

zone = EWSTimeZone('Europe/Berlin')
version = Version(EXCHANGE_2016)


def account(person):
    if 'token' in person:
        credentials = OAuth2AuthorizationCodeCredentials(access_token={'access_token': person['token'], 'token_type': 'Bearer', 'expires_in': 3000})
        configuration = Configuration(service_endpoint=facts['url'], credentials=credentials, auth_type=OAUTH2, version=version, max_connections=4)
    else:
        configuration = Configuration(service_endpoint=facts['url'], credentials=Credentials(person['user'], person['password']), auth_type=NTLM if facts['ntlm'] else BASIC, version=version, max_connections=4)
    return Account(person['address'], config=configuration, autodiscover=False, access_type=DELEGATE, default_timezone=zone)


me, other = account(facts['me']), account(facts['other'])
seen = {}


def folders():
    parent = Messages(parent=me.inbox, name='Project ' + facts['run'])
    parent.save()
    child = Messages(parent=parent, name='Deep')
    child.save()
    child.name = 'Deeper'
    child.save(update_fields=['name'])
    assert [found.name for found in parent.walk()] == ['Deeper'], list(parent.walk())
    child.refresh()
    assert child.name == 'Deeper'
    child.delete()
    assert list(parent.walk()) == []
    return parent


def mail(folder):
    title = 'Quarterly ' + facts['run']
    message = Message(account=me, folder=folder, subject=title, body=HTMLBody('<p>Figures: <b>7</b></p>'), to_recipients=[other.primary_smtp_address], categories=['blue'], importance='High')
    message.attach(FileAttachment(name='figures.csv', content=b'a;b\r\n1;2\r\n' * 5000, content_type='text/csv'))
    inner = Message(account=me, folder=folder, subject='inner', body='text of the inner one')
    message.attach(ItemAttachment(name='inner', item=inner))
    message.save()
    stored = folder.get(id=message.id, changekey=message.changekey)
    assert stored.subject == title and stored.importance == 'High' and stored.categories == ['blue'], stored
    names = sorted(attachment.name for attachment in stored.attachments)
    assert names == ['figures.csv', 'inner'], names
    file = next(attachment for attachment in stored.attachments if isinstance(attachment, FileAttachment))
    assert file.content == b'a;b\r\n1;2\r\n' * 5000
    with file.fp as stream:
        assert len(b''.join(iter(lambda: stream.read(4096), b''))) == 50000
    assert next(attachment for attachment in stored.attachments if isinstance(attachment, ItemAttachment)).item.subject == 'inner'
    assert b'Subject: ' + title.encode() in stored.mime_content
    before = stored.changekey
    stored.subject = title + ', corrected'
    stored.save(update_fields=['subject'])
    assert stored.changekey != before
    stored.send(save_copy=True)
    sent = me.sent.filter(subject=title + ', corrected')
    assert sent.count() == 1
    received = other.inbox.get(subject=title + ', corrected')
    assert received.sender.email_address == me.primary_smtp_address and not received.is_read
    received.is_read = True
    received.save(update_fields=['is_read'])
    received.reply(subject='RE: ' + title + ', corrected', body='thanks')
    answer = me.inbox.get(subject='RE: ' + title + ', corrected')
    assert 'thanks' in answer.body
    raw = b'From: a@example.test\r\nTo: b@example.test\r\nSubject: =?utf-8?q?caf=C3=A9?=\r\nX-Odd:  two  blanks \r\n\r\nbody\r\n'
    Message(account=me, folder=folder, mime_content=raw).save()
    by_mime = folder.get(subject='café')
    assert by_mime.mime_content == raw, by_mime.mime_content
    copied, = me.bulk_copy(ids=[by_mime], to_folder=me.drafts)
    moved = me.drafts.get(subject='café')
    moved.move(to_folder=folder)
    assert folder.filter(subject='café').count() == 2
    seen['mail'] = folder.all().count()


class Marker(ExtendedProperty):
    property_set_id = 'c11ff724-aa03-4555-9952-8fa248a11c3e'
    property_name = 'Marker'
    property_type = 'String'


class Flag(ExtendedProperty):
    property_tag = 0x7d01
    property_type = 'Integer'


def extended(folder):
    Message.register('marker', Marker)
    Message.register('own_flag', Flag)
    try:
        Message(account=me, folder=folder, subject='marked', marker='m-17', own_flag=42).save()
        found = folder.get(marker='m-17')
        assert (found.marker, found.own_flag) == ('m-17', 42), (found.marker, found.own_flag)
        assert folder.filter(marker__exists=True).count() == 1
    finally:
        Message.deregister('marker')
        Message.deregister('own_flag')


def search(folder):
    me.bulk_create(folder=folder, items=[Message(account=me, subject='n%03d' % number, body='text %d' % number, sensitivity='Normal') for number in range(60)])
    view = folder.filter(subject__startswith='n0')
    view.page_size = 7
    assert view.count() == 60
    assert [item.subject for item in view.order_by('-subject').only('subject')][:3] == ['n059', 'n058', 'n057']
    middle = [item.subject for item in folder.filter(subject__startswith='n0').order_by('subject')[10:13]]
    assert middle == ['n010', 'n011', 'n012'], middle
    assert folder.filter(Q(subject='n001') | Q(subject='n002')).count() == 2
    assert folder.filter(Q(subject__contains='n00') & ~Q(subject='n003')).count() == 9
    assert folder.filter(datetime_received__gt=EWSDateTime.now(UTC) - datetime.timedelta(hours=1), subject__startswith='n01').count() == 10
    assert folder.filter('subject:n042').count() == 1
    assert folder.filter(subject__startswith='n05').delete() is not None
    assert view.count() == 50


def calendar():
    start = EWSDateTime(2026, 11, 23, 9, 0, tzinfo=zone)
    series = CalendarItem(account=me, folder=me.calendar, subject='Series ' + facts['run'], start=start, end=start + datetime.timedelta(minutes=30), location='Room 1',
                          recurrence=Recurrence(pattern=WeeklyPattern(interval=1, weekdays=[MONDAY, THURSDAY]), boundary=NumberedPattern(start=start.date(), number=6)))
    series.save()
    window = (EWSDateTime(2026, 11, 20, tzinfo=zone), EWSDateTime(2026, 12, 20, tzinfo=zone))
    ours = lambda: [item for item in me.calendar.view(start=window[0], end=window[1]) if item.subject.startswith('Series ' + facts['run'])]
    assert len(ours()) == 6, len(ours())
    second = series.occurrence(index=2)
    second.refresh()
    assert second.start == EWSDateTime(2026, 11, 26, 9, 0, tzinfo=zone), second.start
    second.subject = 'Series ' + facts['run'] + ', later'
    second.start += datetime.timedelta(hours=2)
    second.end += datetime.timedelta(hours=2)
    second.save(update_fields=['subject', 'start', 'end'])
    third = series.occurrence(index=3)
    third.refresh()
    third.delete()
    master = me.calendar.get(id=series.id)
    assert len(master.modified_occurrences) == 1 and len(master.deleted_occurrences) == 1, (master.modified_occurrences, master.deleted_occurrences)
    assert [item.subject for item in ours()].count('Series ' + facts['run'] + ', later') == 1 and len(ours()) == 5
    starts = [item.start for item in ours()]
    assert starts == sorted(starts)
    later = next(item for item in ours() if item.subject == 'Series ' + facts['run'] + ', later')
    found = later.recurring_master()
    found.refresh()
    assert found.id == series.id
    # Over the change of the clock the wall time stays.
    single = CalendarItem(account=me, folder=me.calendar, subject='Summer', start=EWSDateTime(2027, 3, 29, 9, 0, tzinfo=zone), end=EWSDateTime(2027, 3, 29, 10, 0, tzinfo=zone)).save()
    assert me.calendar.get(id=single.id).start.astimezone(UTC).hour == 7
    single.delete()
    series.delete()
    assert ours() == []


def meetings():
    start = EWSDateTime(2026, 12, 1, 14, 0, tzinfo=zone)
    subject = 'Review ' + facts['run']
    meeting = CalendarItem(account=me, folder=me.calendar, subject=subject, start=start, end=start + datetime.timedelta(hours=1), required_attendees=[other.primary_smtp_address])
    meeting.save(send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
    request = other.inbox.get(subject=subject)
    assert isinstance(request, MeetingRequest), type(request)
    assert request.start == start and request.organizer.email_address == me.primary_smtp_address, request
    request.accept(body='I come')
    answer = next(item for item in me.inbox.filter(subject__contains=subject) if isinstance(item, MeetingResponse))
    assert answer.response_type == 'Accept', answer.response_type
    kept = me.calendar.get(id=meeting.id)
    assert kept.required_attendees[0].response_type == 'Accept', kept.required_attendees
    theirs = other.calendar.get(subject=subject)
    assert theirs.my_response_type == 'Accept', theirs.my_response_type
    kept.start += datetime.timedelta(hours=1)
    kept.end += datetime.timedelta(hours=1)
    kept.save(update_fields=['start', 'end'], send_meeting_invitations=SEND_TO_ALL_AND_SAVE_COPY)
    updated = [item for item in other.inbox.filter(subject=subject) if isinstance(item, MeetingRequest)]
    assert any(item.start == start + datetime.timedelta(hours=1) for item in updated), updated
    me.calendar.get(id=meeting.id).cancel(body='not needed')
    cancelled = [item for item in other.inbox.filter(subject__contains=subject) if isinstance(item, MeetingCancellation)]
    assert len(cancelled) == 1, [type(item) for item in other.inbox.filter(subject__contains=subject)]


def people():
    Contact(account=me, folder=me.contacts, given_name='Grace', surname='Hopper', company_name='Navy', display_name='Grace Hopper ' + facts['run']).save()
    found = me.contacts.get(surname='Hopper', display_name='Grace Hopper ' + facts['run'])
    assert found.company_name == 'Navy'
    found.delete()
    resolved = me.protocol.resolve_names([other.primary_smtp_address.split('@')[0]], return_full_contact_data=True)
    assert any(mailbox.email_address.lower() == other.primary_smtp_address.lower() for mailbox, contact in resolved), resolved
    task = Task(account=me, folder=me.tasks, subject='To do', due_date=EWSDate(2026, 12, 24)).save()
    task.complete()
    assert me.tasks.get(id=task.id).status == 'Completed'
    assert me.delegates == [], me.delegates


def out_of_office():
    from exchangelib.settings import OofSettings
    me.oof_settings = OofSettings(state=OofSettings.SCHEDULED, external_audience='Known', internal_reply='away', external_reply='gone', start=EWSDateTime(2026, 12, 23, tzinfo=UTC), end=EWSDateTime(2027, 1, 2, tzinfo=UTC))
    read = me.oof_settings
    assert (read.state, read.internal_reply, read.external_audience) == ('Scheduled', 'away', 'Known'), read
    me.oof_settings = OofSettings(state=OofSettings.DISABLED, internal_reply='', external_reply='')
    assert me.oof_settings.state == 'Disabled'


def sync(folder):
    first = {kind: item for kind, item in folder.sync_items(only_fields=['subject'])}
    state = folder.item_sync_state
    assert list(folder.sync_items()) == []
    made = Message(account=me, folder=folder, subject='synchronized').save()
    passing = Message(account=me, folder=folder, subject='gone before').save()
    passing.delete()
    changes = list(folder.sync_items(only_fields=['subject']))
    assert [(kind, item.subject) for kind, item in changes] == [('create', 'synchronized')], changes
    made.delete()
    assert [kind for kind, item in folder.sync_items()] == ['delete']
    list(me.root.sync_hierarchy())
    assert list(me.root.sync_hierarchy()) == []


def pull(folder):
    subscription, watermark = folder.subscribe_to_pull(event_types=['CreatedEvent', 'DeletedEvent'])
    made = Message(account=me, folder=folder, subject='pulled').save()
    for notification in folder.get_events(subscription, watermark):
        kinds = [(type(event).__name__, event.item_id.id if event.item_id else None) for event in notification.events]
        assert kinds == [('CreatedEvent', made.id)], kinds
    folder.unsubscribe(subscription)
    made.delete()


def streaming(folder):
    with folder.streaming_subscription() as subscription:
        thread = threading.Timer(0.5, lambda: Message(account=me, folder=folder, subject='streamed').save())
        thread.start()
        for notification in folder.get_streaming_events(subscription, connection_timeout=1, max_notifications_returned=1):
            kinds = [type(event).__name__ for event in notification.events]
        thread.join()
        assert 'CreatedEvent' in kinds, kinds


folder = folders()
for step in (mail, extended, search, sync, pull, streaming):
    try:
        step(folder)
    except Exception as error:
        raise AssertionError('step ' + step.__name__) from error
for step in (calendar, meetings, people, out_of_office):
    try:
        step()
    except Exception as error:
        raise AssertionError('step ' + step.__name__) from error
folder.delete()
print(json.dumps(seen))
