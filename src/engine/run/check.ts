import type Dockerode from 'dockerode';
import type { Container, RunFinding, RunSpec } from '#contract';
import { parseReference } from '#contract/reference';
import { remove } from '../catalogue/actions';
import { checkEnv } from './check-env';
import { checkLimits } from './check-limits';
import { checkMounts } from './check-mounts';
import { checkPorts } from './check-ports';
import { change, openContainer, trouble, warning } from './finding';
import { type ImageFacts, imageFacts } from './image-facts';
import { freeName, isValidName, validNameFrom } from './names';
import { isLocalEngine, type Surroundings } from './propose';
import { pairOf } from './values';

function imageFinding(image: string): RunFinding | null {
  if (image === '') return trouble('image', 'Choose an image.');
  if (parseReference(image) || /^sha256:[0-9a-f]+$/.test(image)) return null;
  const small = image.trim().toLowerCase();
  const fix = small !== image && parseReference(small) ? [change(`Use ${small}`, 'image', small)] : [];
  return trouble('image', 'That is not the name of an image: names are in lower-case letters.', ...fix);
}

function nameFinding(name: string | undefined, containers: readonly Container[]): RunFinding | null {
  if (!name) return null;
  const taken = new Set(containers.map((container) => container.name));
  if (!isValidName(name)) {
    const valid = freeName(validNameFrom(name), taken);
    const why = 'A name has letters, digits, “_”, “.” and “-” only, at least two.';
    return trouble('name', why, change(`Use ${valid}`, 'name', valid));
  }
  const other = containers.find((container) => container.name === name);
  if (!other) return null;
  const free = freeName(name, taken);
  return trouble(
    'name',
    `A container called ${name} exists already.`,
    change(`Use ${free}`, 'name', free),
    openContainer(other),
    remove(other.id, `Delete the old ${name}`),
  );
}

/** Networks that are always there or are no networks of their own. */
const isSpecialNetwork = (name: string) =>
  ['default', 'bridge', 'host', 'none'].includes(name) || name.startsWith('container:');

function networkFinding(
  { network, ports }: RunSpec,
  { networks }: Surroundings['snapshot'],
): RunFinding | null {
  if (!network) return null;
  const leave = change('Use the default network', 'network', undefined);
  if (network === 'host') {
    const unused = ports.length > 0 ? ' Its ports are not published one by one.' : '';
    return warning('network', `It uses the network of the engine’s machine itself.${unused}`, leave);
  }
  if (isSpecialNetwork(network)) return null;
  const known = [...networks.values()].some(({ id, name }) => name === network || id.startsWith(network));
  return known ? null : trouble('network', `There is no network called ${network}.`, leave);
}

/** Of an image that is here for another processor, while no platform was asked for. */
function foreignFinding(
  { platform, image }: RunSpec,
  found: ImageFacts | null,
  { facts }: Surroundings['snapshot']['engine'],
): RunFinding | null {
  if (platform || !found || !facts || (found.Os === facts.os && found.Architecture === facts.arch))
    return null;
  return warning(
    'image',
    `${image} is here for ${found.Os}/${found.Architecture}. This engine is ${facts.os}/${facts.arch}: it needs emulation, and is slower.`,
    change(`Use ${facts.os}/${facts.arch}`, 'platform', `${facts.os}/${facts.arch}`),
  );
}

async function knownFacts(docker: Dockerode, image: string, signal: AbortSignal): Promise<ImageFacts | null> {
  return image === '' || imageFinding(image) ? null : imageFacts(docker, image, signal);
}

/**
 * What would go wrong with this run, and what the user should know before, by field; problems before warnings.
 * @throws docker-modem's error
 */
export async function checkRun(
  docker: Dockerode,
  spec: RunSpec,
  { snapshot, neighbour, catalogueEntry, signal }: Surroundings,
): Promise<RunFinding[]> {
  // The snapshot's maps are live: read before anything is waited for.
  const containers = [...snapshot.containers.values()];
  const volumes = new Set(snapshot.volumes.keys());
  const local = isLocalEngine(snapshot);
  const immediate = [
    imageFinding(spec.image),
    nameFinding(spec.name, containers),
    networkFinding(spec, snapshot),
    ...checkLimits(spec, snapshot.engine.facts),
  ].filter((finding) => finding !== null);
  const [facts, ports, mounts] = await Promise.all([
    knownFacts(docker, spec.image, signal),
    checkPorts(spec, { containers, local, neighbour }),
    checkMounts(spec, { containers, volumes, local }),
  ]);
  const imageEnv = (facts?.Config.Env ?? []).map(pairOf).flatMap(({ name, value }) => (value ? [name] : []));
  const env = checkEnv(spec, catalogueEntry?.variables ?? [], imageEnv);
  const foreign = foreignFinding(spec, facts, snapshot.engine);
  const findings = [...immediate, ...(foreign ? [foreign] : []), ...ports, ...env, ...mounts];
  return [
    ...findings.filter(({ level }) => level === 'problem'),
    ...findings.filter(({ level }) => level === 'warning'),
  ];
}
