export type MailServerPlace = {
  readonly folder: string
  readonly ports: {
    readonly imaps: number
    readonly lmtp: number
    readonly auth: number
    readonly smtp: number
    readonly submission: number
  }
}

export const DOMAIN = 'linfa.test'
/** Customers of the demo, whose mail lands in the one customer's mailbox. */
const CUSTOMERS = ['giulia.ferrante@posta.example', 'amelia.whitcombe@mail.example'] as const
/** Mailboxes and their passwords; `support` takes mail for each address of ours. */
export const USERS = { support: 'support-password', customer: 'customer-password' } as const

/** Dovecot 2.3, without systemd: IMAP over TLS for the hub, LMTP and SASL for Postfix. */
export const dovecotConf = ({ folder, ports }: MailServerPlace): string => `
base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot/state
instance_name = centralino-test
protocols = imap lmtp
listen = 127.0.0.1
log_path = ${folder}/dovecot.log
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
auth_mechanisms = plain login
first_valid_uid = 1
mail_location = maildir:${folder}/maildir/%n
mail_uid = mail
mail_gid = mail
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%n ${folder}/users
}
userdb {
  driver = static
  args = uid=mail gid=mail home=${folder}/maildir/%n allow_all_users=no
}
namespace inbox {
  inbox = yes
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = ${ports.imaps}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service stats {
  chroot =
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = ${ports.auth}
  }
}
protocol lmtp {
  postmaster_address = postmaster@${DOMAIN}
}
`

/** Dovecot's password file. */
export const dovecotUsers = (): string =>
  Object.entries(USERS)
    .map(([user, password]) => `${user}:{PLAIN}${password}\n`)
    .join('')

/** `main.cf`: takes mail for the example domains, with headers longer than Postfix would keep by itself, and relays nothing.
 * Who signs in may write to gone.example, where Dovecot has no mailbox and from where it bounces, and to slow.example, where
 * nothing listens: there it waits, and is reported as delayed. */
export const postfixMain = ({ folder, ports }: MailServerPlace): string => `
compatibility_level = 3.6
queue_directory = ${folder}/postfix/queue
data_directory = ${folder}/postfix/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
maillog_file = ${folder}/postfix/maillog
maillog_file_prefixes = ${folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.${DOMAIN}
mydomain = ${DOMAIN}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
smtp_dns_support_level = disabled
alias_maps =
alias_database =
local_recipient_maps =
local_header_rewrite_clients =
relay_domains =
virtual_mailbox_domains = ${DOMAIN}, linfa.example, posta.example, mail.example
virtual_mailbox_maps = inline:{ {support@${DOMAIN}=x} {customer@${DOMAIN}=x} }
virtual_alias_maps = inline:{ {support@linfa.example=support@${DOMAIN}} {billing@linfa.example=support@${DOMAIN}} ${CUSTOMERS.map((one) => `{${one}=customer@${DOMAIN}}`).join(' ')} }
virtual_transport = lmtp:inet:127.0.0.1:${ports.lmtp}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_tls_cert_file = ${folder}/cert.pem
smtpd_tls_key_file = ${folder}/key.pem
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${ports.auth}
smtpd_tls_auth_only = yes
message_size_limit = 104857600
header_size_limit = 4194304
mailbox_size_limit = 0
virtual_mailbox_limit = 0
transport_maps = inline:{ {gone.example=lmtp:inet:127.0.0.1:${ports.lmtp}} {slow.example=lmtp:inet:127.0.0.1:1} }
delay_warning_time = 1s
default_transport = error:5.1.2 loopback only, no relaying from this machine
lmtp_destination_recipient_limit = 1
`

/** `master.cf`: SMTP from anybody on one port, submission for who signs in on the other. */
export const postfixMaster = ({ ports }: MailServerPlace): string => `
127.0.0.1:${ports.smtp} inet n - n - - smtpd
127.0.0.1:${ports.submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
showq unix n - n - - showq
flush unix n - n 1000? 0 flush
postlog unix-dgram n - n - 1 postlogd
`
