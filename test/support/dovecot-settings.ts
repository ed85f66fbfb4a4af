import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** How a Dovecot of the tests differs from an ordinary one. */
export interface DovecotOptions {
  /** Name and password of everybody who may sign in; the first one is `user`. */
  readonly users?: Readonly<Record<string, string>>;
  /** Capabilities that are not offered (MOVE, UIDPLUS, IDLE ...). Dovecot hides them, no more. */
  readonly hide?: readonly string[];
  /** Between the levels of folder names; '/' unless told. */
  readonly separator?: '/' | '.';
  /** Folders that can be read and not written: SELECT answers [READ-ONLY]. */
  readonly readOnlyFolders?: readonly string[];
  /** How many messages a user may have; over it APPEND and COPY get NO [OVERQUOTA]. */
  readonly quotaMessages?: number;
}

export interface DovecotPlaces {
  readonly folder: string;
  readonly port: number;
  readonly tlsPort: number;
}

/** What Dovecot 2.3 offers after sign-in, without what `hide` names. */
const CAPABILITIES =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT THREAD=REFERENCES MULTIAPPEND UNSELECT ' +
  'CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN ' +
  'LIST-STATUS BINARY MOVE SPECIAL-USE LITERAL+';

/** dovecot.conf of a server that lives in one folder, on loopback, without the system's settings. */
export function dovecotSettings(places: DovecotPlaces, options: DovecotOptions): string {
  const { folder, port, tlsPort } = places;
  const plugins = [
    ...(options.quotaMessages === undefined ? [] : ['quota']),
    ...(options.readOnlyFolders === undefined ? [] : ['acl']),
  ].join(' ');
  const hidden = new Set(options.hide);
  const offered = CAPABILITIES.split(' ').filter((name) => !hidden.has(name));
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
auth_cache_size = 0
login_trusted_networks =
mail_location = sdbox:~/mail
mail_fsync = never
mail_plugins = ${plugins}
mail_max_userip_connections = 1000
stats_writer_socket_path =
namespace inbox {
  inbox = yes
  separator = ${options.separator ?? '/'}
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${folder}/users
}
userdb {
  driver = static
  args = ${mailOwner()} home=${folder}/home/%u
}
protocol imap {
  imap_capability = ${offered.join(' ')}
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:messages=${options.quotaMessages ?? 0}
  acl = vfile:${folder}/acl
}
service imap-login {
  process_min_avail = 1
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
${process.getuid?.() === 0 ? '' : asOrdinaryUser()}`;
}

/** Lines of Dovecot's global ACL file: pattern, who, rights (RFC 4314: lookup and read). */
export function accessRules(options: DovecotOptions): string {
  const rules = (options.readOnlyFolders ?? []).map((name) => `"${name}" owner lr`);
  return [...rules, ''].join('\n');
}

/** Dovecot touches no mail as root, so root's tests keep it as nobody. */
export function mailOwnerIds(): { uid: number; gid: number } {
  const { uid, gid } = userInfo();
  return uid === 0 ? { uid: 65534, gid: 65534 } : { uid, gid };
}

function mailOwner(): string {
  const { uid, gid } = mailOwnerIds();
  return `uid=${uid} gid=${gid}`;
}

/** Without root nothing can change its user or root directory. */
function asOrdinaryUser(): string {
  const { username } = userInfo();
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  const services = ['anvil', 'imap-login', 'stats', 'ipc', 'dns-client', 'director', 'log'];
  return [
    `default_internal_user = ${username}`,
    `default_internal_group = ${group}`,
    `default_login_user = ${username}`,
    ...services.map((name) => `service ${name} {\n  chroot =\n}`),
    '',
  ].join('\n');
}
