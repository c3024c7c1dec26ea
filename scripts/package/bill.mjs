// What is shipped, and under which licences: sbom.cdx.json (CycloneDX) and THIRD-PARTY-LICENCES.txt.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense)/i;
const RULE = '='.repeat(100);

/** Of all packages, for `npm sbom --omit dev` forgets those that a development tool uses as well. */
function everyModule() {
  const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  // On Windows npm is a command file, which only a shell starts; every argument here is a constant.
  const shell = process.platform === 'win32';
  const done = spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26, shell });
  if (done.status !== 0) throw new Error(`npm sbom failed: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

/** The npm packages that Gantry uses when it runs: `name@version` → folder. */
function shippedModules() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(packages).filter(
    // Packages for other systems are not there.
    ([path, entry]) => path !== '' && !entry.dev && existsSync(join(ROOT, path)),
  );
  return new Map(
    shipped.map(([path, { name, version }]) => [
      `${name ?? path.split('node_modules/').pop()}@${version}`,
      join(ROOT, path),
    ]),
  );
}

const licence = (name) => [{ license: { name } }];

function bill(modules, { electron, guests }) {
  const all = everyModule();
  const isShipped = (id) => modules.has(id);
  const [root] = all.dependencies.filter(({ ref }) => ref === all.metadata.component['bom-ref']);
  const electronReference = `electron@${electron}`;
  const guestPackages = guests.flatMap(({ arch, packages }) =>
    packages.map((entry) => ({
      'bom-ref': `guest-${arch}:${entry.name}@${entry.version}`,
      type: 'library',
      name: entry.name,
      version: entry.version,
      group: `guest image ${arch}`,
      purl: `pkg:deb/debian/${entry.name}@${encodeURIComponent(entry.version)}?arch=${arch}`,
      licenses: licence(entry.licence),
    })),
  );
  return {
    ...all,
    metadata: { ...all.metadata, component: { ...all.metadata.component, name: 'gantry' } },
    components: [
      ...all.components.filter((component) => isShipped(component['bom-ref'])),
      {
        'bom-ref': electronReference,
        type: 'framework',
        name: 'electron',
        version: electron,
        description: 'Brings Chromium and Node.js; see LICENSES.chromium.html',
        purl: `pkg:npm/electron@${electron}`,
        licenses: [{ license: { id: 'MIT' } }],
      },
      ...guestPackages,
    ],
    dependencies: [
      {
        ...root,
        dependsOn: [
          ...root.dependsOn.filter(isShipped),
          electronReference,
          ...guestPackages.map((component) => component['bom-ref']),
        ],
      },
      ...all.dependencies
        .filter(({ ref }) => isShipped(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isShipped) })),
    ],
  };
}

function textsIn(folder) {
  const files = readdirSync(folder).filter((name) => LICENCE_FILE.test(name));
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
}

function moduleChapter([id, folder]) {
  const { license = 'see its repository' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const named = typeof license === 'string' ? license : license.type;
  return `${RULE}\n${id}\nLicence: ${named}\n\n${textsIn(folder) || 'The package has no licence file.'}\n`;
}

function guestChapter({ arch, packages }) {
  const rows = packages.map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
  return [
    RULE,
    `The image of the virtual machine (${arch}): Debian packages`,
    'Their copyright files are in the image at /usr/share/doc, their sources at https://snapshot.debian.org.',
    '',
    ...rows,
    '',
  ].join('\n');
}

/** Writes both files into `folder`. Gives the number of components. */
export function writeBill(folder, { electron, guests }) {
  const modules = shippedModules();
  const sbom = bill(modules, { electron, guests });
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 1)}\n`);
  const chapters = [
    'Gantry is under the Apache License 2.0 (LICENSE). It brings the works of others:',
    '',
    `${RULE}\nElectron ${electron}, with Chromium and Node.js\nLICENSE.electron.txt and LICENSES.chromium.html, beside the program\n`,
    ...[...modules].map(moduleChapter),
    ...guests.map(guestChapter),
  ];
  writeFileSync(join(folder, 'THIRD-PARTY-LICENCES.txt'), chapters.join('\n'));
  return sbom.components.length;
}
