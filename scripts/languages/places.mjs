// Where English is no sentence for people. A new entry is due when `npm run strings` lists words of a program.

const words = (text) => new Set(text.split(/\s+/).filter(Boolean));

/** Rooms and files with words for programs alone, or for those who help with a fault. */
export const NOTHING_SAID = [
  /^src\/(?:guest|web|vm\/nine|vm\/link)\//,
  /^src\/vm\/(?:digest|door|keeper|memory|suspend)\.ts$/,
  /^src\/vm\/qemu\/(?:install|migration|process|qmp|state-file)\.ts$/,
  // Read by the docker CLI and by the catalogue of problems, as the engine's own words.
  /^src\/(?:vm\/ports\/refusal|engine\/engine-path|engine\/handshake)\.ts$/,
  /^src\/engine\/(?:events|layers|sync|run\/run-flags)\.ts$/,
  /^src\/backend\/(?:autostart-file|folders|page-files|page-policy)\.ts$/,
  /^src\/backend\/diagnostics\/(?:redact|redact-rules|report)\.ts$/,
  /^src\/cli\/(?:completion|context)\.ts$/,
  // For those who develop Gantry.
  /^renderer\/ui\/kit\//,
];

/** Attributes, properties and variables that hold words for programs. */
const FOR_PROGRAMS = words(`
  code command d href id key kind member path pattern placement procedure script src style transform variant`);

export const isForPrograms = (name) => FOR_PROGRAMS.has(name) || /class|[a-z]Script$/i.test(name);

/** Attributes and properties that are shown, so that a single small word there is said, too. */
export const SHOWN = words('alt aria-label help label none note off on title tooltip');

/** What takes words for programs; methods of anything, and functions. */
const METHODS = words(`
  #quiet closest delete get has includes match querySelector remember replace set split startsWith test`);
const FUNCTIONS = words('classes exec execFile fetch RegExp run spawn');

/** Also the log, which is read by those who wrote it. */
export function isCallForPrograms(callee) {
  const [, object, method = callee] = /^(.*)\.([^.]+)$/s.exec(callee) ?? [];
  if (/^([A-Z]\w*)?Error$/.test(method)) return true;
  return object === undefined ? FUNCTIONS.has(method) : METHODS.has(method) || /\blog(?:ger)?$/.test(object);
}

/** Elements whose text is typed, or read by a program. */
export const CODE_ELEMENTS = words('code pre');

/** Proper names, which code compares with as well, and words of the contract. */
export const NAMES = new Set([
  'Colima',
  'Docker',
  'Docker Desktop',
  'Docker Hub',
  'Gantry',
  'Gantry VM',
  'Podman',
  'Podman (as root)',
  'Quay',
  'Rootless Docker',
  'docker context',
  'known socket',
  'yes or no',
]);

/** What a text looks like that only programs read. */
export const NOTATIONS = [
  // Options, addresses, types of content, paths on Windows, JSON, headers.
  /^(?:--?\w|\w+:\/\/|\w+\/\w+;|\w:\\|[[{]+ ?"|(?:Basic|Bearer) \{)/,
  // Commands.
  /^(?:sudo|unset|setx|rundll32\S*|winget) |^docker (?:run|rmi?|tag|context|pull|exec|kill|start|stop|(?:un)?pause|network|volume) /,
  // CSS: functions, media queries, selectors, fonts.
  /^(?:minmax|color-mix|rgba|clamp)\(|^\([\w-]+: |\w-\[|^(?:a|main|input)?[,:[]\S|^(?:\d+ )?[\d.{}]+px \{/,
  /\{0\}, (?:var\(|monospace|serif)/,
  // The engine's own words, which Gantry takes over where it answers in its place.
  /^(?:conflict: |error while |remove \{0\}: )/,
  // Verbs of the docker command.
  /^(?:volume|network) [a-z]+$/,
  // Lists of constants.
  /^[A-Z_\s]+$/,
];
