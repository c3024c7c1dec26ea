import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SUITE } from './recipe';

/** One entry of apt's sources: a place that packages come from. */
export interface AptSource {
  uri: string;
  suites: string[];
  components: string[];
  /** Path of the keys that sign it, where the entry names one. */
  signedBy: string | null;
}

/** Where the guest's packages come from. */
export interface Mirror {
  main: AptSource;
  security: AptSource;
}

/** Code names and aliases of Debian's releases: by them a Debian mirror is told from another distribution's. */
const DEBIAN_SUITES =
  /^(bullseye|bookworm|trixie|forky|duke|sid|oldoldstable|oldstable|stable|testing|unstable)$/;

/**
 * Entries of the one-line format (`deb [signed-by=…] URI SUITE COMPONENT…`, sources.list(5)). Lines that are not
 * of the type `deb` are left out.
 */
export function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const entry = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (!entry) return [];
    const [, options = '', uri = '', suite = '', components = ''] = entry;
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1] ?? null;
    return [{ uri, suites: [suite], components: words(components), signedBy }];
  });
}

/** Entries of the deb822 format: paragraphs of fields, which continue on indented lines. */
export function parseDeb822(text: string): AptSource[] {
  const paragraphs = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n\s*\n/);
  return paragraphs.flatMap((paragraph) => {
    const fields = deb822Fields(paragraph);
    if (!words(fields.get('types')).includes('deb') || fields.get('enabled') === 'no') return [];
    const key = fields.get('signed-by');
    // The field may hold the key itself instead of a path.
    const signedBy = key?.startsWith('/') ? key : null;
    const [suites, components] = [words(fields.get('suites')), words(fields.get('components'))];
    return words(fields.get('uris')).map((uri) => ({ uri, suites, components, signedBy }));
  });
}

function deb822Fields(paragraph: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const field of paragraph.split(/\n(?!\s)/)) {
    const colon = field.indexOf(':');
    if (colon > 0) fields.set(field.slice(0, colon).trim().toLowerCase(), field.slice(colon + 1).trim());
  }
  return fields;
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/**
 * The mirror of the guest's suite. `wanted` is GANTRY_DEBIAN_MIRROR: the address of a Debian mirror and, after a
 * space, of its security archive; without the second one `-security` is appended to the first, as mirrors name it.
 * Without `wanted`, what this machine's own apt uses for its Debian release.
 */
export function chooseMirror(sources: AptSource[], wanted: string | undefined): Mirror {
  const [main, security] = words(wanted);
  if (main) {
    return {
      main: source(main, SUITE, null),
      security: source(security ?? `${main.replace(/\/$/, '')}-security`, `${SUITE}-security`, null),
    };
  }
  const hosts = sources.find(({ suites }) => suites.some((suite) => DEBIAN_SUITES.test(suite)));
  const hostsSecurity = sources.find(({ suites }) =>
    suites.some((suite) => suite.endsWith('-security') && DEBIAN_SUITES.test(suite.replace('-security', ''))),
  );
  if (!hosts || !hostsSecurity) {
    throw new Error(
      'The apt sources of this computer name no Debian mirror with its security archive. Set ' +
        'GANTRY_DEBIAN_MIRROR to the address of one, and after a space that of its security archive.',
    );
  }
  return {
    main: source(hosts.uri, SUITE, hosts.signedBy),
    security: source(hostsSecurity.uri, `${SUITE}-security`, hostsSecurity.signedBy),
  };
}

function source(uri: string, suite: string, signedBy: string | null): AptSource {
  return { uri, suites: [suite], components: ['main'], signedBy };
}

/** The entry as mmdebstrap takes it, one-line format. */
export function oneLine({ uri, suites, components, signedBy }: AptSource): string {
  const option = signedBy ? `[signed-by=${signedBy}] ` : '';
  return `deb ${option}${uri} ${suites.join(' ')} ${components.join(' ')}`;
}

/** The apt sources of this computer (Debian and what descends from it); empty elsewhere. */
export async function readAptSources(folder = '/etc/apt'): Promise<AptSource[]> {
  const parts = join(folder, 'sources.list.d');
  const names = await readdir(parts).catch(() => []);
  const files = [join(folder, 'sources.list'), ...names.sort().map((name) => join(parts, name))];
  const found: AptSource[] = [];
  for (const path of files) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (path.endsWith('.sources')) found.push(...parseDeb822(text));
    else if (path.endsWith('.list')) found.push(...parseOneLine(text));
  }
  return found;
}
