import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Debian's older copyright files are prose that points to the licences' common texts. */
const COMMON_LICENCE = /\/usr\/share\/common-licenses\/([A-Za-z]+(?:-[\d.]*\d)?)/g;

/**
 * The licences that a Debian copyright file names, as one line. The machine-readable format has `License:` fields,
 * whose first line is a name or a combination of names (https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/).
 */
export function licencesIn(copyright: string): string {
  const named = [...copyright.matchAll(/^License:[ \t]*(\S.*)$/gm)].map(([, name = '']) => name.trim());
  const common = [...copyright.matchAll(COMMON_LICENCE)].map(([, name = '']) => name);
  const found = named.length > 0 ? named : common;
  return [...new Set(found)].sort().join(', ') || 'see its copyright file';
}

/** The licence of a package, from its copyright file in the unpacked root. */
export async function licenceOf(root: string, packageName: string): Promise<string> {
  return licencesIn(await readFile(join(root, 'usr/share/doc', packageName, 'copyright'), 'utf8'));
}
