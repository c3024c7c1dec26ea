import type Dockerode from 'dockerode';
import type { CatalogueEntry, RunProposal, RunSpec } from '#contract';
import { looksSecret } from '#contract/secret-names';
import type { Neighbour } from '../beside';
import type { Snapshot } from '../projection';
import { type ImageFacts, imageFacts } from './image-facts';
import { freeName, repositoryName, validNameFrom } from './names';
import { firstChoice, nextFreePort } from './ports';
import { pairOf } from './values';

export interface Surroundings {
  snapshot: Pick<Snapshot, 'containers' | 'volumes' | 'networks' | 'engine'>;
  /** The engine beside this one, whose containers have ports of this computer as well. */
  neighbour: Neighbour | null;
  /** What the catalogue knows about the image, if it does. */
  catalogueEntry?: CatalogueEntry | undefined;
  signal: AbortSignal;
}

type Port = RunSpec['ports'][number];
type Source = 'image' | 'catalogue';

/** Some images expose whole ranges, for media or test tools: nobody wants a row for each. */
const MOST_PORTS = 20;

/** Programs that wait for input and end at once without a terminal. */
const interactivePrograms =
  /(?:^|\/)(?:ba|a|da|z|fi|k)?sh$|(?:^|\/)(?:python[\d.]*|node|irb|jshell|ghci|iex|erl|julia|R|php|lua)$/;

/** Engines behind a socket of this computer publish their ports and see their folders here. */
export const isLocalEngine = ({ engine }: Pick<Snapshot, 'engine'>): boolean => {
  const host = engine.endpoint?.host ?? '';
  return /^(?:unix|npipe):/.test(host) || /^(?:tcp|http):\/\/(?:127\.|localhost|\[::1\])/.test(host);
};

const isProtocol = (text: string): text is Port['protocol'] => ['tcp', 'udp', 'sctp'].includes(text);

function exposedPorts(facts: ImageFacts | null): Pick<Port, 'containerPort' | 'protocol'>[] {
  const ports = (facts?.Config.ExposedPorts ?? []).flatMap((key) => {
    const [port, protocol = 'tcp'] = key.split('/');
    const containerPort = Number(port);
    return containerPort >= 1 && containerPort <= 65535 && isProtocol(protocol)
      ? [{ containerPort, protocol }]
      : [];
  });
  return ports.sort((one, other) => one.containerPort - other.containerPort).slice(0, MOST_PORTS);
}

const cataloguePorts = (entry: CatalogueEntry | undefined) =>
  (entry?.ports ?? []).map(({ port, protocol }) => ({ containerPort: port, protocol }));

async function proposePorts(
  wanted: Pick<Port, 'containerPort' | 'protocol'>[],
  { snapshot, neighbour }: Surroundings,
): Promise<Port[]> {
  const containers = [...snapshot.containers.values()];
  const local = isLocalEngine(snapshot);
  const reserved = new Set<number>();
  const ports: Port[] = [];
  for (const { containerPort, protocol } of wanted) {
    const hostPort = await nextFreePort(firstChoice(containerPort), protocol, {
      containers,
      reserved,
      local,
      neighbour,
    });
    if (hostPort !== null) reserved.add(hostPort);
    ports.push({ containerPort, protocol, hostIp: '127.0.0.1', hostPort });
  }
  return ports;
}

/** A new volume for each folder in which the image keeps data; names by the catalogue where it knows one. */
function proposeMounts(
  name: string,
  facts: ImageFacts | null,
  { catalogueEntry, snapshot }: Surroundings,
): RunSpec['mounts'] {
  const known = catalogueEntry?.data ?? [];
  const places = [
    ...known,
    ...(facts?.Config.Volumes ?? [])
      .filter((path) => !known.some((entry) => entry.path === path))
      .map((path) => ({ path, volume: validNameFrom(`${name}-${path.split('/').at(-1) ?? 'data'}`) })),
  ];
  const taken = new Set(snapshot.volumes.keys());
  return places.map(({ path, volume }) => {
    const source = freeName(volume, taken);
    taken.add(source);
    return { type: 'volume', source, target: path, readOnly: false };
  });
}

function isInteractive(facts: ImageFacts | null, entry: CatalogueEntry | undefined): boolean {
  if (entry) return entry.interactive;
  if (!facts) return false;
  const words = [...facts.Config.Entrypoint, ...facts.Config.Cmd];
  return words.length === 1 && interactivePrograms.test(words[0] ?? '');
}

function neededEnv(entry: CatalogueEntry | undefined, imageEnv: RunProposal['imageEnv']): RunSpec['env'] {
  const set = new Set(imageEnv.filter(({ value }) => value !== '').map(({ name }) => name));
  return (entry?.variables ?? [])
    .filter(({ needed, name }) => needed && !set.has(name))
    .map(({ name, default: value = '', secret }) => ({ name, value, ...(secret ? { secret } : {}) }));
}

const sourceOf = (own: boolean, known: boolean): Source | null =>
  own ? 'image' : known ? 'catalogue' : null;

function sourcesOf(facts: ImageFacts | null, entry: CatalogueEntry | undefined): Record<string, Source> {
  const found = {
    ports: sourceOf(exposedPorts(facts).length > 0, (entry?.ports.length ?? 0) > 0),
    mounts: sourceOf((facts?.Config.Volumes.length ?? 0) > 0, (entry?.data.length ?? 0) > 0),
    env: sourceOf(false, (entry?.variables.length ?? 0) > 0),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([field, source]) => (source ? [[field, source]] : [])),
  );
}

/**
 * Sensible values for a first run of this image.
 * @throws docker-modem's error
 */
export async function proposeRun(
  docker: Dockerode,
  image: string,
  around: Surroundings,
): Promise<RunProposal> {
  const { snapshot, catalogueEntry, signal } = around;
  const facts = await imageFacts(docker, image, signal);
  const imageEnv = (facts?.Config.Env ?? []).map((line) => {
    const { name, value } = pairOf(line);
    return { name, value: looksSecret(name) ? '••••••••' : (value ?? '') };
  });
  const named = image.startsWith('sha256:') ? (facts?.RepoTags[0] ?? 'container') : image;
  const names = new Set([...snapshot.containers.values()].map((container) => container.name));
  const name = freeName(repositoryName(named), names);
  const exposed = exposedPorts(facts);
  const ports = await proposePorts(exposed.length > 0 ? exposed : cataloguePorts(catalogueEntry), around);
  const mounts = proposeMounts(name, facts, around);
  const tty = isInteractive(facts, catalogueEntry);
  // What has neither a port nor data is often a tool that ends: started again it would run in circles.
  const service = !tty && (ports.length > 0 || mounts.length > 0);
  return {
    spec: {
      image,
      name,
      ports,
      env: neededEnv(catalogueEntry, imageEnv),
      mounts,
      restart: service ? 'unless-stopped' : 'no',
      ...(catalogueEntry?.command ? { command: catalogueEntry.command } : {}),
      labels: [],
      privileged: false,
      capAdd: [],
      capDrop: [],
      tty,
      autoRemove: false,
    },
    local: facts !== null,
    sizeBytes: facts?.Size ?? null,
    sources: sourcesOf(facts, catalogueEntry),
    variables: catalogueEntry?.variables ?? [],
    whenItRuns: catalogueEntry?.whenItRuns ?? null,
    imageEnv,
  };
}
