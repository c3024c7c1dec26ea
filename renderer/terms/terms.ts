/** A word of the field, for somebody who never ran a container. */
interface Explained {
  /** With its article, as the question "What is …?" has it. */
  name: string;
  text: string;
  /** The lesson that shows it (renderer/learn/lessons), by its id. */
  lesson?: string;
}

export const terms = {
  vm: {
    name: 'a virtual machine (VM)',
    text: 'A computer made of software, with a system of its own. Containers need a Linux kernel: the VM has one, and keeps them apart from your own system.',
    lesson: 'vm',
  },
  image: {
    name: 'an image',
    text: 'A read-only template: a program with everything it needs. Any number of containers can be made of one image.',
    lesson: 'images',
  },
  tag: {
    name: 'a tag',
    text: 'A name for one version of an image, such as 18 in postgres:18. Publishers can move it to a newer image; “latest” is only the tag that is meant when none is written.',
    lesson: 'images',
  },
  digest: {
    name: 'a digest',
    text: 'A fingerprint of the content. A tag can be moved to another image, a digest cannot.',
    lesson: 'trust',
  },
  layer: {
    name: 'a layer',
    text: 'One step of how an image was made, with the files that it adds or changes. Images that have a layer in common share it, so it takes room only once.',
    lesson: 'images',
  },
  container: {
    name: 'a container',
    text: 'A program with everything it needs, running apart from the rest of the computer. It is made from an image, and can be stopped, started again and thrown away.',
    lesson: 'container',
  },
  volume: {
    name: 'a volume',
    text: 'Storage outside of the container, with a name of its own. What is in it stays when the container is deleted; databases live in volumes.',
    lesson: 'data',
  },
  mount: {
    name: 'a mount',
    text: 'A place that appears as a folder inside the container: a volume, or a folder of this computer, which is then called a bind mount. Both sides see the same files.',
    lesson: 'data',
  },
  network: {
    name: 'a network',
    text: 'Containers on the same network of your own reach one another by name. Those on different networks do not.',
    lesson: 'networks',
  },
  port: {
    name: 'a published port',
    text: 'A door from this computer to a container. When port 8080 leads to port 80 inside, localhost:8080 in the browser shows what the container answers there.',
    lesson: 'ports',
  },
  registry: {
    name: 'a registry',
    text: 'A place that keeps images for everybody, or for a company, as Docker Hub does. The engine downloads an image from it when it does not have it yet.',
    lesson: 'client',
  },
  repository: {
    name: 'a repository',
    text: 'All versions of one image in a registry, under one name. Each version has a tag.',
    lesson: 'trust',
  },
  official: {
    name: 'an official image',
    text: 'An image that Docker keeps together with the makers of the program. It is a good first choice: it gets security updates, and says how to use it.',
    lesson: 'trust',
  },
  engine: {
    name: 'the engine',
    text: 'The program that keeps images and runs containers, also called the daemon. Gantry and the docker command only ask it.',
    lesson: 'client',
  },
  context: {
    name: 'a context',
    text: 'A name under which the docker command knows an engine. It says which engine a command in your terminal speaks with.',
    lesson: 'client',
  },
  exitCode: {
    name: 'an exit code',
    text: 'The number with which a program ends. Zero means that all is well; what any other says, its log tells in words.',
    lesson: 'exit-codes',
  },
  restart: {
    name: 'a restart policy',
    text: 'What the engine does when the program ends by itself: leave it, or start it again. It also decides whether the container comes back when the engine starts.',
    lesson: 'life',
  },
  health: {
    name: 'a health check',
    text: 'A command that the engine runs inside the container now and then. If it fails several times in a row, the container counts as unhealthy, though it still runs.',
  },
  suspend: {
    name: 'the VM’s sleep',
    text: 'What the VM has in its memory is written to the disk (it is suspended), and it takes no memory or processor time. When something needs it, it wakes by itself, and everything goes on where it was.',
  },
  variable: {
    name: 'an environment variable',
    text: 'A setting that the program reads when it starts: a name and a value, such as a password or a time zone. The image’s page says which ones it knows.',
  },
  architecture: {
    name: 'an architecture',
    text: 'The kind of processor that an image is built for: amd64 for Intel and AMD, arm64 for Apple’s chips and many small computers. An image of another kind runs slowly, or not at all.',
  },
} as const satisfies Record<string, Explained>;

export type TermId = keyof typeof terms;

/** As the rest of the app reads it: a lesson that may be missing. */
export const explained = (id: TermId): Explained => terms[id];
