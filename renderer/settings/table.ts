import type { Settings, VmSettings } from '#contract';

/** When a change counts; null for what is read or pressed only. */
export type Applies = 'now' | 'restart' | 'start' | null;

/** A setting as its row shows it and the search finds it. */
export interface Setting {
  /** Id of the section that shows it. */
  section: string;
  title: string;
  help: string;
  /** Other words that people look for. */
  words: string;
  applies: Applies;
  /** Only in the desktop's window, not in the browser. */
  window?: true;
}

const of = (
  section: string,
  applies: Applies,
  [title, help, words]: readonly [title: string, help: string, words: string],
): Setting => ({ section, title, help, words, applies });

const inWindow = (setting: Setting): Setting => ({ ...setting, window: true });

/** Every row of every section, in their order. A row takes its title and its help from here. */
export const settingTable = {
  loginItem: inWindow(
    of('general', 'start', [
      'Start at login',
      'Gantry is there when you log in: in the tray, or with its window where there is none.',
      'autostart startup boot launch automatically',
    ]),
  ),
  openWindow: inWindow(
    of('general', 'start', [
      'Open the window at start',
      'Off: Gantry starts in the tray, where there is one.',
      'hidden background minimized launch startup',
    ]),
  ),
  closeTo: inWindow(
    of('general', 'now', [
      'Closing the window',
      'In the tray, Gantry only listens to the engine. Where the desktop shows no tray icons, closing the window always quits Gantry.',
      'quit exit minimize background',
    ]),
  ),
  commandLine: of('general', 'now', [
    'Command line',
    'Shows at the foot of each page which docker command does the same.',
    'cli strip terminal learn',
  ]),
  tools: of('general', 'now', [
    'Commands in the terminal',
    'Puts gantry, and docker with compose and buildx, into ~/.local/bin where they are missing. What others have put there stays.',
    'cli docker compose buildx path install shell',
  ]),
  introduction: of('general', null, [
    'Introduction',
    'The first steps: what this is about, an engine, a first container.',
    'onboarding welcome tour setup wizard',
  ]),
  cpus: of('resources', 'restart', [
    'Processor',
    'Shared with your other programs. Never reserved.',
    'cpu cores threads speed slow',
  ]),
  memory: of('resources', 'restart', ['Memory', 'Taken as needed and given back when idle.', 'ram gb limit']),
  disk: of('resources', 'now', [
    'Disk',
    'The file grows as needed.',
    'storage space size full ssd reclaim trim',
  ]),
  swap: of('resources', 'restart', [
    'Swap',
    'Slow spare memory on the disk, for when the memory is full. 0 is none.',
    'paging swapfile virtual',
  ]),
  diskPlace: of('resources', 'restart', [
    'Place of the disk',
    'One file holds all images, containers and volumes of the VM.',
    'storage location folder move path drive',
  ]),
  idle: of('resources', 'now', [
    'Sleep when idle',
    'After so many minutes without a running container, the VM’s memory is written to the disk, and the VM takes no memory or processor time. It wakes by itself in a second or two.',
    'suspend pause battery energy saver power',
  ]),
  returnMemory: of('resources', 'now', [
    'Give memory back',
    'Returns memory that the VM does not use to this computer.',
    'ram balloon free',
  ]),
  keepRunning: of('resources', 'now', [
    'Keep the engine running after Gantry is closed',
    'Containers go on working in the background, and the docker command too.',
    'daemon quit exit',
  ]),
  engine: of('engine', 'now', [
    'Engine',
    'Where the containers run: in an engine that is there, or in Gantry’s own.',
    'docker podman colima vm virtual machine host context socket ssh remote',
  ]),
  engineConfig: of('engine', 'now', [
    'daemon.json of the engine',
    'Checked while you type, and taken back when the VM’s engine does not start with it. That of another engine is shown.',
    'configuration log driver mirrors registry insecure features dockerd json storage runtimes',
  ]),
  folders: of('file-sharing', 'restart', [
    'Shared folders',
    'Folders of this computer that containers may be given.',
    'bind mount directory files path',
  ]),
  proxy: of('network', 'restart', [
    'Proxy',
    'A computer between yours and the internet, for pulls, pushes and builds.',
    'http https company firewall',
  ]),
  portsOn: of('network', 'now', [
    'Published ports',
    'Who may connect to a port that a container publishes.',
    'localhost loopback lan expose bind address',
  ]),
  hostAccess: of('network', 'now', [
    'Reach this computer',
    'Whether containers may connect to programs that run here.',
    'host.docker.internal localhost gateway',
  ]),
  dns: of('network', 'restart', [
    'Name servers',
    'They tell which address belongs to a name such as docker.io (DNS).',
    'resolver nameserver domain',
  ]),
  certificates: of('network', 'restart', [
    'Certificates',
    'Authorities that the engine trusts besides the usual ones, as companies have for their registry or proxy.',
    'tls ssl ca https pem x509',
  ]),
  registries: of('registries', 'now', [
    'Registries',
    'Where images come from, your sign-ins, and which of them Discover asks.',
    'login password token docker hub quay ghcr mirror account sources insecure',
  ]),
  theme: of('appearance', 'now', [
    'Theme',
    'Light, dark, or whatever this computer uses.',
    'colour color dark mode night',
  ]),
  monoFont: of('appearance', 'now', [
    'Font of terminals and logs',
    'A font of this computer whose letters are all of one width. Empty is Gantry’s own.',
    'typeface monospace family console',
  ]),
  monoSize: of('appearance', 'now', [
    'Size of that font',
    'Of the text in terminals and logs.',
    'text bigger larger zoom pixels',
  ]),
  explanations: of('appearance', 'now', [
    'Explanations',
    'The small question marks beside words such as image and volume. Those you dismissed can come back.',
    'help terms words glossary question mark hints',
  ]),
  pulls: inWindow(
    of('notifications', 'now', [
      'Downloads',
      'An image is downloaded, or could not be.',
      'pull notify alert message',
    ]),
  ),
  crashes: inWindow(
    of('notifications', 'now', [
      'Containers that stop by themselves',
      'One ended with an error, and nobody had asked it to stop.',
      'crash exit notify alert message',
    ]),
  ),
  unhealthy: inWindow(
    of('notifications', 'now', [
      'Failing health checks',
      'A container runs, but says that it is not well.',
      'healthcheck notify alert message',
    ]),
  ),
  diskFull: inWindow(
    of('notifications', 'now', [
      'Full disk',
      'The engine has no room left, so nothing can be downloaded or written.',
      'space storage notify alert message',
    ]),
  ),
  letterShortcuts: of('keyboard', 'now', [
    'Single letters in lists',
    'S starts, L shows the logs, T opens a terminal. Turn it off if you use voice input.',
    'shortcuts keys hotkeys accessibility',
  ]),
  globalShortcut: inWindow(
    of('keyboard', 'now', [
      'Show Gantry from anywhere',
      'Some desktops keep such keys to themselves.',
      'global shortcut hotkey keys ctrl shift g',
    ]),
  ),
  privacySearch: of('privacy', null, [
    'Searching',
    'Your searches in Discover, and the names of images whose tags you open, go to the registries.',
    'sent data internet',
  ]),
  privacyImages: of('privacy', null, [
    'Images',
    'The engine asks an image’s registry for it when you pull it, or run it for the first time.',
    'sent data internet pull',
  ]),
  privacyTroubleshooting: of('privacy', null, [
    'Troubleshooting',
    'The checks look up the address of Docker Hub at your name server, and ask Docker Hub itself only when you say so. A report stays in the folder that you name.',
    'sent data internet diagnostics',
  ]),
  privacyProxy: of('privacy', null, [
    'Testing a proxy',
    'Test, under Network, asks Docker Hub whether it answers. It, the proxy and your name servers see that you ask.',
    'sent data internet',
  ]),
  privacyUpdates: of('privacy', null, [
    'Updates',
    'The window asks the makers’ server which version is the newest, when you press Check now, or once a day if you switch that on. The server sees your network address, and nothing else about you.',
    'sent data internet version',
  ]),
  privacyElse: of('privacy', null, [
    'Nothing else',
    'Gantry has no account, counts nothing and shows no advertising. Only when it runs from its source does it fetch more: the packages that it and the VM’s image are built from.',
    'telemetry analytics tracking',
  ]),
  updates: inWindow(
    of('updates', 'now', [
      'Look for updates',
      'At most once a day by itself. The server sees your network address, and nothing else about you.',
      'version upgrade new release automatic',
    ]),
  ),
  dataFolder: of('advanced', null, [
    'Data folder',
    'Settings, logs and the VM’s files. Gantry keeps them here and nowhere else.',
    'directory location path home open',
  ]),
  exportSettings: of('advanced', null, [
    'Export settings',
    'A file for another computer. Passwords, the theme and what is of this computer alone, such as the VM’s disk, stay out.',
    'backup save copy json',
  ]),
  importSettings: of('advanced', 'now', [
    'Import settings',
    'You see what would change first. What the VM takes only when it starts waits for that.',
    'restore load backup json',
  ]),
  forgetSettings: of('advanced', 'now', [
    'Forget Gantry’s settings',
    'Containers, images and volumes stay, and so do sign-ins. The old file is kept beside the new one, and can be imported.',
    'reset defaults factory clean',
  ]),
  report: of('troubleshoot', null, [
    'Report for a bug or a colleague',
    'Versions, these checks and the last log lines. You see all of it first; names and secrets are blacked out.',
    'diagnostics support logs issue help',
  ]),
} as const satisfies Record<string, Setting>;

export type SettingId = keyof typeof settingTable;

/** Names one of the settings, also where only its id is known. */
export const settingOf = (id: SettingId): Setting => settingTable[id];

type Taken = Exclude<keyof Settings, 'onboarding' | 'lessons' | 'toldOfTray' | 'vm' | 'notifications'>;
type TakenOfVm = Exclude<keyof VmSettings, 'diskFolder' | 'diskGiB'>;
export type SettingKey = Taken | `vm.${TakenOfVm}` | `notifications.${keyof Settings['notifications']}`;

/** Which row shows a kept setting: every one that an import may change. */
export const rowOfKey: Record<SettingKey, SettingId> = {
  openWindow: 'openWindow',
  closeTo: 'closeTo',
  engineChoice: 'engine',
  engineHost: 'engine',
  registries: 'registries',
  hiddenSources: 'registries',
  monoFont: 'monoFont',
  monoSize: 'monoSize',
  dismissedTerms: 'explanations',
  updates: 'updates',
  letterShortcuts: 'letterShortcuts',
  globalShortcut: 'globalShortcut',
  'notifications.pulls': 'pulls',
  'notifications.crashes': 'crashes',
  'notifications.unhealthy': 'unhealthy',
  'notifications.diskFull': 'diskFull',
  'vm.cpus': 'cpus',
  'vm.memoryMiB': 'memory',
  'vm.swapMiB': 'swap',
  'vm.engineConfig': 'engineConfig',
  'vm.idleMinutes': 'idle',
  'vm.returnMemory': 'returnMemory',
  'vm.keepRunning': 'keepRunning',
  'vm.folders': 'folders',
  'vm.portsOn': 'portsOn',
  'vm.hostAccess': 'hostAccess',
  'vm.dns': 'dns',
  'vm.proxy': 'proxy',
  'vm.certificates': 'certificates',
};
