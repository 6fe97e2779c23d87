import type { Fault } from '../dockerfile/instruction-flags.js';
import { parsePort } from './parse-port.js';

const signals = new Set(
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'.split(
    ' ',
  ),
);

/** A signal of Linux by name or number. */
export function checkSignal(text: string): Fault | undefined {
  if (/^[+-]?\d+$/.test(text) ? Number(text) !== 0 : isSignalName(text)) return undefined;
  return { message: `invalid signal: ${text}`, fix: 'write a signal such as SIGTERM or 15' };
}

function isSignalName(text: string): boolean {
  const name = text.toUpperCase().replace(/^SIG/, '');
  return signals.has(name) || /^RTMIN\+(?:[1-9]|1[0-5])$/.test(name) || /^RTMAX-(?:[1-9]|1[0-4])$/.test(name);
}

/** A port, a range of ports, or several words of them: `80`, `8000-8010/tcp`. */
export function checkPort(text: string): Fault | undefined {
  for (const word of text.split(/\s+/)) {
    if (word === '' || parsePort(word)) continue;
    return { message: `invalid port: ${word}`, fix: 'write EXPOSE <port>/tcp, or udp or sctp' };
  }
  return undefined;
}

/** An octal mode up to 7777, or a symbolic one such as `u=rwX,go=rX`. */
export function checkMode(text: string): Fault | undefined {
  if (/^[0-7]+$/.test(text) ? Number.parseInt(text, 8) <= 0o7777 : isSymbolicMode(text)) return undefined;
  return {
    message: `invalid chmod parameter: ${text}`,
    fix: 'write --chmod=755, or a mode such as u=rwX,go=rX',
  };
}

function isSymbolicMode(text: string): boolean {
  return text.split(',').every((part) => /^[ugoa]*(?:[+=-](?:[rwxXst]*|[ugo]))+$/.test(part));
}

/** `sha256:` and 64 hexadecimal digits, or sha384 or sha512. */
export function checkDigest(text: string): Fault | undefined {
  if (/^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/.test(text)) return undefined;
  return { message: `invalid checksum: ${text}`, fix: 'write --checksum=sha256:<64 hexadecimal digits>' };
}
