// What the packages hold, for all systems and kinds. `npm run package` (scripts/package.mjs) says which can be made here.
// The deb is not among electron-builder's targets: scripts/package/deb.mjs makes it, from the same unpacked app.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { languages } from './scripts/languages/catalogue.mjs';
import { feedAddress, publicKey } from './scripts/package/feed.mjs';

/** Debian's names of the processors, by which the guest images are kept. */
const guestOf = { x64: 'amd64', arm64: 'arm64' };

// A universal app brings the images for both processors; all others are made on the processor that they are for.
export const guests = process.platform === 'darwin' ? Object.values(guestOf) : [guestOf[process.arch]];

/** What an Electron without an app shows; electron-builder takes it out of its own downloads alone. */
const withoutDefaultApp = ({ appOutDir, packager }) =>
  rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });

const commandFile = { linux: 'linux/gantry', darwin: 'mac/gantry', win32: 'windows/gantry.cmd' };
const command = commandFile[process.platform];

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'app.gantry.desktop',
  productName: 'Gantry',
  copyright: 'Licensed under Apache-2.0',
  directories: { output: 'dist', buildResources: 'packaging' },
  // The programs are bundles: of node_modules nothing is needed. The images lie beside the archive, for QEMU reads them.
  files: [
    'package.json',
    'out/{backend,cli,desktop,renderer,vm}/**',
    '!**/*.map',
    '!node_modules',
    '!node_modules/**',
  ],
  extraMetadata: {
    desktopName: 'gantry.desktop',
    // What updates must be signed with; without it Gantry looks for none.
    ...(publicKey() ? { updates: { publicKey: publicKey() } } : {}),
  },
  extraFiles: [{ from: 'LICENSE', to: process.platform === 'darwin' ? 'Resources/LICENSE' : 'LICENSE' }],
  extraResources: [
    ...guests.map((arch) => ({ from: `out/guest/${arch}`, to: `guest/${arch}` })),
    { from: 'out/package/sbom.cdx.json', to: 'sbom.cdx.json' },
    ...(feedAddress ? [{ from: 'out/package/app-update.yml', to: 'app-update.yml' }] : []),
    { from: 'out/package/THIRD-PARTY-LICENCES.txt', to: 'THIRD-PARTY-LICENCES.txt' },
    { from: `packaging/${command}`, to: `bin/${command?.split('/').pop()}` },
  ],
  asar: true,
  afterPack: withoutDefaultApp,
  npmRebuild: false,
  publish: null,
  // Chromium tells the page only of languages that it has itself.
  electronLanguages: ['en-US', ...languages()],
  electronFuses: {
    // Stays: the VM's keeper outlives the window, which a utility process cannot, and the command line has no window.
    // Both are Electron run as Node. Who can set this variable for the user's programs can start any other program too.
    runAsNode: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Checked on macOS and Windows: https://www.electronjs.org/docs/latest/tutorial/asar-integrity
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // The page has no cookies; encrypting them would ask for the keyring at the first start.
    enableCookieEncryption: false,
    loadBrowserProcessSpecificV8Snapshot: false,
    // The page is served at app://, never from file:.
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  },
  protocols: [{ name: 'Gantry', schemes: ['gantry'] }],

  linux: {
    target: ['AppImage', 'rpm'],
    // `gantry` is the command line.
    executableName: 'gantry-desktop',
    icon: 'assets/icons',
    category: 'Development',
  },
  rpm: {
    // A link, made by scripts/package.mjs.
    fpm: ['out/package/gantry=/usr/bin/gantry'],
  },

  mac: {
    target: [
      { target: 'dmg', arch: 'universal' },
      { target: 'zip', arch: 'universal' },
    ],
    icon: 'assets/icons/icon.icns',
    category: 'public.app-category.developer-tools',
    hardenedRuntime: true,
    // With APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER in the environment; else electron-builder says that it
    // is left out. Signing takes the identity from the keychain, or from CSC_LINK and CSC_KEY_PASSWORD.
    notarize: true,
  },

  win: {
    target: ['nsis', 'appx'],
    icon: 'assets/icons/icon.ico',
  },
  nsis: { include: 'packaging/windows/installer.nsh' },
  appx: { applicationId: 'Gantry', identityName: 'Gantry', displayName: 'Gantry' },
};
