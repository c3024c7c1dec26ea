import type { Container, EngineState, Image, Network, Volume } from '#contract';
import type { Route } from '../shell/routes';

/** What an engine holds, as a check looks at it. */
export interface World {
  engine: EngineState;
  containers: readonly Container[];
  images: readonly Image[];
  volumes: readonly Volume[];
  networks: readonly Network[];
}

/** Something that the engine shows when a step is done. */
export interface Check {
  says: string;
  holds(world: World): boolean;
  /** What is in the way, where that can be seen. */
  hint?(world: World): string | null;
}

export interface LessonStep {
  title: string;
  text: string;
  /** The docker command that does it; Gantry can do the same (perform.ts). */
  command?: readonly string[];
  /** A page where it can be seen. */
  look?: { label: string; route: Route };
  checks: readonly Check[];
  /** A question that comes up here, and its answer. */
  why?: { question: string; answer: string };
}

export interface Lesson {
  id: string;
  title: string;
  about: string;
  minutes: number;
  steps: readonly LessonStep[];
  /** Names of what it leaves on the engine. */
  leaves: {
    containers: readonly string[];
    volumes?: readonly string[];
    networks?: readonly string[];
    tags?: readonly string[];
  };
}

const find = ({ containers }: World, name: string) => containers.find((one) => one.name === name);

const missing = (world: World, name: string) =>
  find(world, name) ? null : `There is no container named ${name} yet.`;

/** A container of this name is in this state. */
export function inState(name: string, state: Container['state'], says: string): Check {
  return {
    says,
    holds: (world) => find(world, name)?.state === state,
    hint: (world) => missing(world, name) ?? `${name} is ${find(world, name)?.state} now.`,
  };
}

export const runs = (name: string): Check => inState(name, 'running', `A container named ${name} runs`);

/** It has ended, with this code where one is given. */
export function ended(name: string, code?: number): Check {
  return {
    says: code === undefined ? `${name} has ended` : `${name} has ended with exit code ${code}`,
    holds: (world) => {
      const one = find(world, name);
      return one?.state === 'exited' && (code === undefined || one.exitCode === code);
    },
    hint: (world) => {
      const one = find(world, name);
      if (!one) return missing(world, name);
      if (one.state !== 'exited') return `${name} is ${one.state} now.`;
      return `It ended with exit code ${one.exitCode}.`;
    },
  };
}

export const isGone = (name: string): Check => ({
  says: `There is no container named ${name} any more`,
  holds: (world) => find(world, name) === undefined,
  hint: (world) => `${name} is ${find(world, name)?.state} still.`,
});

export const publishes = (name: string, hostPort: number): Check => ({
  says: `Its port 80 answers at port ${hostPort} of this computer`,
  holds: (world) => find(world, name)?.ports.some((port) => port.hostPort === hostPort) ?? false,
  hint: (world) =>
    missing(world, name) ?? 'No port of it is published. Delete it, and start it with --publish.',
});

export const mounts = (name: string, volume: string, at: string): Check => ({
  says: `The volume ${volume} is at ${at} in it`,
  holds: (world) =>
    find(world, name)?.mounts.some((mount) => mount.name === volume && mount.destination === at) ?? false,
  hint: (world) => {
    const mount = find(world, name)?.mounts.find((one) => one.name === volume);
    if (mount)
      return `It is at ${mount.destination}. Delete the container, and start it with ${volume}:${at}.`;
    return missing(world, name) ?? `${name} has no volume ${volume}.`;
  },
});

export const hasVolume = (name: string): Check => ({
  says: `There is a volume named ${name}`,
  holds: ({ volumes }) => volumes.some((one) => one.name === name),
});

export const noVolume = (name: string): Check => ({
  says: `There is no volume named ${name} any more`,
  holds: ({ volumes }) => !volumes.some((one) => one.name === name),
});

export const hasNetwork = (name: string): Check => ({
  says: `There is a network named ${name}`,
  holds: ({ networks }) => networks.some((one) => one.name === name),
});

export const noNetwork = (name: string): Check => ({
  says: `There is no network named ${name} any more`,
  holds: ({ networks }) => !networks.some((one) => one.name === name),
});

export const isOn = (name: string, network: string): Check => ({
  says: `${name} is connected to ${network}`,
  holds: (world) => find(world, name)?.networks.some((one) => one.name === network) ?? false,
  hint: (world) => missing(world, name),
});

export const isNotOn = (name: string, network: string): Check => ({
  says: `${name} is not connected to ${network} any more`,
  holds: (world) => find(world, name)?.networks.every((one) => one.name !== network) ?? false,
});

export const hasTag = (tag: string): Check => ({
  says: `There is an image named ${tag}`,
  holds: ({ images }) => images.some(({ tags }) => tags.includes(tag)),
});

export const noTag = (tag: string): Check => ({
  says: `No image is named ${tag} any more`,
  holds: ({ images }) => !images.some(({ tags }) => tags.includes(tag)),
});

export const connected: Check = {
  says: 'Gantry is connected to an engine',
  holds: ({ engine }) => engine.status === 'connected',
};

/** Words of a command line; none of a lesson's words has a space in it. */
export const line = (text: string): readonly string[] => text.split(' ');
