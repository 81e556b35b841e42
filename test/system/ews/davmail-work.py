"""A day's work through DavMail: IMAP, SMTP and CalDAV on this side, EWS on the other. Facts come as JSON on stdin."""
import base64
import imaplib
import json
import smtplib
import sys
import time
import urllib.error
import urllib.request

facts = json.load(sys.stdin)
user, password, address = facts['me']['user'], facts['me']['password'], facts['me']['address']
host, run = '127.0.0.1', facts['run']


def imap():
    client = imaplib.IMAP4(host, facts['imap'], timeout=120)
    client.login(user, password)
    return client


def done(answer):
    assert answer[0] == 'OK', answer
    return answer[1]


def dav(method, path, body=None, **headers):
    authorization = 'Basic ' + base64.b64encode(f'{user}:{password}'.encode()).decode()
    request = urllib.request.Request(f'http://{host}:{facts["caldav"]}{path}', data=body, method=method, headers={'Authorization': authorization, **headers})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ''


# Mail that is put there comes back byte for byte, is found, marked, copied, and goes.
message = f'From: a@example.test\r\nTo: {address}\r\nSubject: put {run}\r\nMessage-ID: <{run}@example.test>\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\nGr=C3=BC=C3=9Fe\r\n'.encode()
client = imap()
done(client.append('INBOX', '(\\Seen)', None, message))
done(client.select('INBOX'))
uid = done(client.uid('search', None, 'SUBJECT', f'"put {run}"'))[0].split()[-1]
assert done(client.uid('fetch', uid, '(BODY.PEEK[])'))[0][1] == message
done(client.uid('store', uid, '+FLAGS', '(\\Flagged)'))
assert b'\\Flagged' in done(client.uid('fetch', uid, '(FLAGS)'))[0]
folder = f'Davmail{run}'
done(client.create(folder))
done(client.uid('copy', uid, folder))
assert int(done(client.select(folder))[0]) == 1
done(client.store('1', '+FLAGS', '(\\Deleted)'))
done(client.expunge())
assert int(done(client.select(folder))[0]) == 0
done(client.delete(folder))

# An event is made, read, changed, listed and removed.
calendar, event = f'/users/{address}/calendar/', f'davmail-{run}'
ics = f'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:{event}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261130T090000Z\r\nDTEND:20261130T100000Z\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:first\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
assert dav('PUT', f'{calendar}{event}.ics', ics.encode(), **{'Content-Type': 'text/calendar'})[0] == 201
text = dav('GET', f'{calendar}{event}.ics')[1]
assert 'SUMMARY:first' in text and 'COUNT=3' in text and 'BEGIN:VTIMEZONE' in text, text
assert dav('PUT', f'{calendar}{event}.ics', ics.replace('first', 'second').encode(), **{'Content-Type': 'text/calendar'})[0] == 200
assert 'SUMMARY:second' in dav('GET', f'{calendar}{event}.ics')[1]
assert dav('DELETE', f'{calendar}{event}.ics')[0] == 200
assert dav('GET', f'{calendar}{event}.ics')[0] == 404

# Mail that is sent arrives, and its copy is kept.
with smtplib.SMTP(host, facts['smtp'], timeout=120) as sender:
    sender.login(user, password)
    sender.sendmail(address, [address], f'From: {address}\r\nTo: {address}\r\nSubject: sent {run}\r\n\r\nx\r\n'.encode())
for _ in range(120):
    done(client.select('INBOX'))
    if done(client.search(None, 'SUBJECT', f'"sent {run}"'))[0]:
        break
    time.sleep(1)
else:
    raise AssertionError('what was sent did not arrive')
done(client.select('Sent'))
assert done(client.search(None, 'SUBJECT', f'"sent {run}"'))[0]
client.logout()
