import { certificateProblem, describeCertificate } from '../shared/certificate-problem.ts';
import type { MailerAddress } from './mailer.ts';
import type { SmtpFailureFacts } from './smtp-failure.ts';

type Place = Pick<MailerAddress, 'host' | 'port' | 'security' | 'username'>;

/** One sentence of plain English: what happened, and what to do about it. Never the password. */
export function describeSmtpFailure(failure: SmtpFailureFacts, place: Place): string {
  const { phase, text } = failure;
  const { host, username } = place;
  if (phase === 'encrypt') return describeEncryption(failure, place);
  if (phase === 'sign-in') {
    if (failure.reply !== null && failure.reply < 500) {
      return `${host} turned the sign-in away for now, which says nothing about the password: try again in some minutes (${text}).`;
    }
    if (failure.reply === null && failure.code === 'EAUTH') {
      return `${host} takes no sign-in this way: check the password is filled in, choose SSL/TLS or STARTTLS, or leave the user name empty if none is needed (${text}).`;
    }
    return `The server did not accept the user name ${username ?? ''} with this password: check both, and whether the account needs an app password (${text}).`;
  }
  return describeReaching(failure, place);
}

function describeReaching({ phase, reply, code, text }: SmtpFailureFacts, place: Place): string {
  const { host, port, security } = place;
  if (code === 'ENOTFOUND' || code === 'EDNS') {
    return `There is no server named ${host}: check the spelling of the host name.`;
  }
  if (code === 'ECONNREFUSED') {
    return `${host} takes no connections on port ${port}: check the port (465 for SSL/TLS, 587 for STARTTLS) and that its mail server runs.`;
  }
  if (reply !== null) {
    return `${host} does not want to talk on port ${port}: see to what it says, or try again later (${text}).`;
  }
  if (phase === 'greet' && security !== 'tls') {
    return `What answers at ${host} on port ${port} does not greet like a mail server: check host and port, and choose SSL/TLS if the port is 465 (${text}).`;
  }
  if (code === 'ETIMEDOUT') {
    return `${host} did not answer in time on port ${port}: check the host, the port and firewalls, or try again later.`;
  }
  return `${host} cannot be reached on port ${port}: check the address and what firewalls let through (${text}).`;
}

function describeEncryption({ reply, code, text }: SmtpFailureFacts, place: Place): string {
  const { host, port, security } = place;
  if (reply !== null) {
    return `The server offers no STARTTLS on port ${port}, so nothing was sent: choose SSL/TLS and port 465 (${text}).`;
  }
  const certificate = certificateProblem(code);
  if (certificate !== null) return describeCertificate(certificate, host, text);
  if (security === 'tls' && (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ETIMEDOUT')) {
    return `The server does not begin with SSL/TLS on port ${port}: choose STARTTLS, or use port 465.`;
  }
  return `No secure connection could be agreed with ${host} (${text}): ask the server's administrator whether it supports TLS 1.2 or newer.`;
}
