// The Debian package, made of the unpacked app by electron-installer-debian, which needs dpkg-deb and fakeroot alone.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import debian from 'electron-installer-debian';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

/** What Electron is linked to (`readelf -d`), and what opens addresses. Later releases provide these names, too. */
const DEPENDS = [
  ...['libasound2', 'libatk-bridge2.0-0', 'libatk1.0-0', 'libatspi2.0-0', 'libc6', 'libcairo2', 'libcups2'],
  ...[
    'libdbus-1-3',
    'libdrm2',
    'libexpat1',
    'libgbm1',
    'libgcc-s1',
    'libglib2.0-0',
    'libgtk-3-0',
    'libnspr4',
  ],
  ...['libnss3', 'libpango-1.0-0', 'libudev1', 'libx11-6', 'libxcb1', 'libxcomposite1', 'libxdamage1'],
  ...['libxext6', 'libxfixes3', 'libxkbcommon0', 'libxrandr2', 'xdg-utils'],
];

/** For an engine of Gantry's own; `virtiofsd` is part of QEMU's package on Debian 12. */
const RECOMMENDS = {
  amd64: ['qemu-system-x86', 'qemu-utils', 'virtiofsd | qemu-system-common', 'desktop-file-utils'],
  arm64: ['qemu-system-arm', 'qemu-utils', 'virtiofsd | qemu-system-common', 'desktop-file-utils'],
};

class GantryPackage extends debian.Installer {
  /** The library's own dependencies are those of much older versions of Electron. */
  generateOptions() {
    super.generateOptions();
    const { arch } = this.options;
    Object.assign(this.options, { depends: DEPENDS, recommends: RECOMMENDS[arch], suggests: [] });
  }
}

/** Makes `gantry_<version>_<arch>.deb`. Gives the file's path. */
export async function makeDeb({ app, output, version }) {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = `gantry_${debian.transformVersion(version)}_${arch}.deb`;
  const installer = new GantryPackage({
    src: app,
    dest: output,
    arch,
    name: 'gantry',
    // /usr/bin/gantry leads here.
    bin: 'resources/bin/gantry',
    maintainer: 'The Gantry authors',
    section: 'admin',
    desktopTemplate: join(ROOT, 'packaging/linux/gantry.desktop'),
    mimeType: ['x-scheme-handler/gantry'],
    scripts: { prerm: join(ROOT, 'packaging/linux/prerm') },
    icon: {
      scalable: join(ROOT, 'assets/icons/gantry.svg'),
      ...Object.fromEntries(
        ICON_SIZES.map((size) => [`${size}x${size}`, join(ROOT, `assets/icons/${size}x${size}.png`)]),
      ),
    },
    productDescription:
      'Gantry finds images, runs containers and shows what happens inside them. It uses the Docker Engine that is already on the computer, or brings its own in a small Linux VM.',
    // Debian 12 and Ubuntu 22.04 read it. xz would take minutes instead of seconds.
    compression: 'zstd',
    rename: (folder) => join(folder, name),
    logger: () => undefined,
  });
  // Read by dpkg-deb.
  process.env.DPKG_DEB_COMPRESSOR_LEVEL ??= '3';
  await installer.generateDefaults();
  installer.generateOptions();
  await installer.createStagingDir();
  await installer.createContents();
  // How Gantry knows by whom it is updated.
  await writeFile(join(installer.stagingDir, 'usr/lib/gantry/resources/package-type'), 'deb\n');
  await installer.createPackage();
  await installer.movePackage();
  return join(output, name);
}
