import type { RunSpec } from '#contract';

type Port = RunSpec['ports'][number];

/** A range wider than this is a mistake, or a case for a file of its own. */
const MOST_PORTS = 100;

function rangeOf(text: string): { from: number; to: number } | null {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return null;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  const valid = from >= 1 && to >= from && to <= 65535 && to - from < MOST_PORTS;
  return valid ? { from, to } : null;
}

const isProtocol = (text: string): text is Port['protocol'] => ['tcp', 'udp', 'sctp'].includes(text);

/** Address and host port before the container's: `127.0.0.1:8080`, `[::1]:8080`, `8080`, `127.0.0.1:`, nothing. */
function hostSide(text: string): { hostIp: string; port: string } {
  const bracketed = /^\[([^\]]+)\]:(.*)$/.exec(text);
  if (bracketed) return { hostIp: bracketed[1] ?? '', port: bracketed[2] ?? '' };
  const at = text.lastIndexOf(':');
  if (at < 0) return { hostIp: '0.0.0.0', port: text };
  return { hostIp: text.slice(0, at) || '0.0.0.0', port: text.slice(at + 1) };
}

/**
 * Ports of a `--publish` value: `80`, `8080:80`, `127.0.0.1:8080:80/udp`, ranges of equal width.
 * Null when it is none that the docker CLI would take.
 */
export function portsOf(text: string): Port[] | null {
  const [whole = '', protocol = 'tcp', ...more] = text.split('/');
  const at = whole.lastIndexOf(':');
  const inside = rangeOf(whole.slice(at + 1));
  if (!inside || more.length > 0 || !isProtocol(protocol)) return null;
  const { hostIp, port } = hostSide(at < 0 ? '' : whole.slice(0, at));
  const outside = port === '' ? null : rangeOf(port);
  if (port !== '' && !outside) return null;
  const width = inside.to - inside.from;
  // A wider host side lets the engine choose within it; only the engine's free choice has a field.
  const fixed = outside !== null && outside.to - outside.from === width;
  if (outside && !fixed && width > 0) return null;
  return Array.from({ length: width + 1 }, (_, index) => ({
    containerPort: inside.from + index,
    hostPort: outside && fixed ? outside.from + index : null,
    protocol,
    hostIp,
  }));
}
