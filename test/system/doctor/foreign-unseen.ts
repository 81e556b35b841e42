/**
 * Errors of other software, one a line, written before the recogniser was last made better, and only measured since: mail
 * servers, storage, VPN, LDAP, Java, Go, Rust, SAP, browsers, printers, build tools, and prose of administrators.
 */
export const foreignUnseen: readonly string[] = String.raw`
dial tcp 192.0.2.14:443: connect: connection refused
x509: certificate is valid for proxy.example.org, not mail.example.org
tls: failed to verify certificate: x509: certificate signed by unknown authority
error: failed to send request: hyper::Error(Connect, Custom { kind: TimedOut, error: Elapsed(()) })
javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target
java.net.SocketTimeoutException: Read timed out while the server prepared the calendar report
com.sap.conn.jco.JCoException: Connect to message server failed, partner not reached
ldap_bind: Invalid credentials (49) additional info: 80090308: LdapErr: DSID-0C09041C, data 52e
LDAP error 32: No such object. The search base could not be found in the directory tree.
kinit: Preauthentication failed while getting initial credentials
The VPN connection failed because the domain name could not be resolved. Check the gateway's address.
The print job failed: the remote printer returned an error: paper jam in tray 2
421 4.7.0 Try again later, closing connection. (EHLO) because of too many connections
550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.
451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry
The backup of the mailbox database was interrupted: the volume shadow copy service returned an unexpected error.
The trust relationship between this workstation and the primary domain failed.
The specified network password is not correct.
The referenced account is currently locked out and may not be logged on to.
The user's password must be changed before signing in on this phone.
Windows cannot access the specified device, path, or file. You may not have the appropriate permissions to access the item.
HTTP Error 500.19 - Internal Server Error. The requested page cannot be accessed because the related configuration data for the page is invalid.
HTTP Error 404.3 - Not Found. The page you are requesting cannot be served because of the extension configuration.
The service cannot accept control messages at this time, the disk of the server is full.
The application pool 'Reports' is being automatically disabled due to a series of failures in the process.
The server principal "CONTOSO\reports" is not able to access the database under the current security context.
A network-related or instance-specific error occurred while establishing a connection to SQL Server.
Exception calling "DownloadFile" with "2" argument(s): "An exception occurred during a WebClient request."
Get-ADUser : Cannot find an object with identity: 'bert' under: 'DC=fabrikam,DC=example'.
Cannot bind parameter 'Identity'. Cannot convert value to type "System.Guid".
The term 'Get-Mailbox' is not recognized as the name of a cmdlet, function, script file, or operable program.
npm ERR! code EINTEGRITY the response of the registry does not match the lock file
fatal: unable to access 'https://git.example.org/a.git/': The requested URL returned error: 403
Permission denied (publickey). Could not read from remote repository.
upstream prematurely closed connection while reading response header from upstream
upstream connect error or disconnect/reset before headers. reset reason: connection termination
The meeting request could not be processed because the room's calendar is full this week.
Your organization's policy does not allow sharing calendars outside of the organization with titles.
The working hours of the support line start at nine and end at five, Monday to Friday.
The token of the car park has expired; ask at reception for a new one.
We asked for the response of the vendor, and the service contract did not contain any answer.
The user context of the process in the sandbox is not that of the caller.
The agent of the insurance cannot be reached before Monday.
The certificate of the training ends next month: register again.
The relay in the switchboard was renamed, and the request for a spare part is not allowed in this budget.
This federation of clubs has a password for the members' page; it was changed in May.
`
  .trim()
  .split('\n');
