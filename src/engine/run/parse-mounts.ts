import type { RunSpec } from '#contract';
import { csvFields, pairOf } from './values';

type Mount = RunSpec['mounts'][number];

export interface ReadMount {
  mount: Mount;
  /** Options that have no field: `z`, `cached`, `volume-opt=…`. */
  ignored: string[];
}

const isPath = (source: string) => /^(?:[/.~$`\\]|[A-Za-z]:[\\/])/.test(source);

/** Parts between colons; the colon of a Windows drive divides nothing. */
function colonParts(text: string): string[] {
  const parts = text.split(':');
  const joined: string[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (before !== undefined && /^[A-Za-z]$/.test(before) && /^[\\/]/.test(part)) {
      joined[joined.length - 1] = `${before}:${part}`;
    } else joined.push(part);
  }
  return joined;
}

/** A `--volume` value: `data:/data:ro`, `/srv/data:/data`, `/data`. */
export function volumeOf(text: string): ReadMount | null {
  const parts = colonParts(text);
  if (parts.length > 3 || parts.some((part) => part === '')) return null;
  const [first = '', second, options = ''] = parts;
  if (second === undefined) {
    return { mount: { type: 'volume', source: '', target: first, readOnly: false }, ignored: [] };
  }
  const named = options.split(',').filter(Boolean);
  return {
    mount: {
      type: isPath(first) ? 'bind' : 'volume',
      source: first,
      target: second,
      readOnly: named.includes('ro'),
    },
    ignored: named.filter((option) => option !== 'ro' && option !== 'rw'),
  };
}

/** A `--tmpfs` value: `/run`, `/run:size=64m`. */
export function tmpfsOf(text: string): ReadMount {
  const [target = '', options] = text.split(':');
  return {
    mount: { type: 'tmpfs', source: '', target, readOnly: false },
    ignored: options ? [options] : [],
  };
}

const isType = (text: string): text is Mount['type'] => ['volume', 'bind', 'tmpfs'].includes(text);
const isTrue = (value: string | null) => value === null || value === 'true' || value === '1';

/** A `--mount` value: `type=bind,source=/srv,target=/data,readonly`. */
export function mountOf(text: string): ReadMount | null {
  const mount: Mount = { type: 'volume', source: '', target: '', readOnly: false };
  const ignored: string[] = [];
  for (const field of csvFields(text)) {
    const { name, value } = pairOf(field);
    const key = name.trim().toLowerCase();
    if (key === 'type') {
      if (value === null || !isType(value)) return null;
      mount.type = value;
    } else if (key === 'source' || key === 'src') mount.source = value ?? '';
    else if (key === 'target' || key === 'dst' || key === 'destination') mount.target = value ?? '';
    else if (key === 'readonly' || key === 'ro') mount.readOnly = isTrue(value);
    else ignored.push(field);
  }
  return mount.target ? { mount, ignored } : null;
}
