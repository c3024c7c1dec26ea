import {
  ended,
  hasNetwork,
  hasTag,
  hasVolume,
  isGone,
  isNotOn,
  isOn,
  type Lesson,
  line,
  mounts,
  noNetwork,
  noTag,
  noVolume,
  publishes,
  runs,
} from '../lesson';

const trusted =
  /^(?:nginx|postgres|redis|ubuntu|debian|alpine|node|python|mysql|mariadb|httpd|busybox)@sha256:/;

/** Images, ports, data and networks. */
export const objectLessons: readonly Lesson[] = [
  {
    id: 'images',
    title: 'Images and layers',
    about: 'The template, its names, and who shares it',
    minutes: 4,
    leaves: { containers: ['lesson-one', 'lesson-two'], tags: ['lesson/mine:1'] },
    steps: [
      {
        title: 'Two containers, one image',
        text: 'An image is a read-only template. Any number of containers can be made of it; each only adds a thin layer for what it writes.',
        command: line('docker run --detach --name lesson-one gantry/welcome'),
        checks: [runs('lesson-one')],
      },
      {
        title: 'And the second one',
        text: 'It takes next to no room, as it shares every layer of the image with the first one.',
        command: line('docker run --detach --name lesson-two gantry/welcome'),
        look: { label: 'Look at the image’s layers', route: { page: 'images' } },
        checks: [runs('lesson-two')],
      },
      {
        title: 'Another name for it',
        text: 'A tag is a name, not a copy. Now the same image has two: gantry/welcome:latest and lesson/mine:1.',
        command: line('docker tag gantry/welcome:latest lesson/mine:1'),
        checks: [hasTag('lesson/mine:1')],
        why: {
          question: 'What is “latest”?',
          answer:
            'The tag that is meant when none is written. It says nothing about age: publishers move it as they like. For work that lasts, write a version.',
        },
      },
      {
        title: 'Take the name away',
        text: 'The image stays as long as it has another name, or a container.',
        command: line('docker rmi lesson/mine:1'),
        checks: [noTag('lesson/mine:1'), hasTag('gantry/welcome:latest')],
      },
    ],
  },
  {
    id: 'ports',
    title: 'Ports',
    about: 'A door from this computer to a container',
    minutes: 3,
    leaves: { containers: ['lesson-closed', 'lesson-open'] },
    steps: [
      {
        title: 'Without a door',
        text: 'This web server listens at its port 80, but nobody outside can reach it: no door leads there.',
        command: line('docker run --detach --name lesson-closed gantry/welcome'),
        checks: [runs('lesson-closed')],
      },
      {
        title: 'With a door',
        text: 'Published, port 8070 of this computer leads to port 80 of the container. Doors are made when a container is: an old one gets none later.',
        command: line('docker run --detach --name lesson-open --publish 127.0.0.1:8070:80 gantry/welcome'),
        look: { label: 'Open it from the list', route: { page: 'containers' } },
        checks: [runs('lesson-open'), publishes('lesson-open', 8070)],
        why: {
          question: 'What does 127.0.0.1 mean?',
          answer: 'This computer alone. Without it, everybody in the network may knock at the door.',
        },
      },
      {
        title: 'Close it',
        text: 'With the container goes the door, and the port is free again.',
        command: line('docker rm --force lesson-open'),
        checks: [isGone('lesson-open')],
      },
    ],
  },
  {
    id: 'data',
    title: 'Keeping data',
    about: 'Volumes, and what happens without them',
    minutes: 5,
    leaves: { containers: ['lesson-notes'], volumes: ['lesson-data'] },
    steps: [
      {
        title: 'A place that stays',
        text: 'What a container writes goes with it. A volume is storage outside of it, with a name of its own.',
        command: line('docker volume create lesson-data'),
        look: { label: 'See all volumes', route: { page: 'volumes' } },
        checks: [hasVolume('lesson-data')],
      },
      {
        title: 'A container that uses it',
        text: 'The volume appears in the container as the folder /data. Whatever the program writes there is kept.',
        command: line('docker run --detach --name lesson-notes --volume lesson-data:/data gantry/welcome'),
        checks: [runs('lesson-notes'), mounts('lesson-notes', 'lesson-data', '/data')],
        why: {
          question: 'Why not a folder of this computer?',
          answer:
            'That works, too, and suits source code. For databases a volume is faster and keeps the right owners.',
        },
      },
      {
        title: 'Delete the container',
        text: 'Now the container is gone. The volume is not.',
        command: line('docker rm --force lesson-notes'),
        checks: [isGone('lesson-notes'), hasVolume('lesson-data')],
      },
      {
        title: 'Delete the volume',
        text: 'This does lose data. Gantry deletes a volume only when no container uses it, and waits eight seconds in which you can undo it.',
        command: line('docker volume rm lesson-data'),
        checks: [noVolume('lesson-data')],
      },
    ],
  },
  {
    id: 'networks',
    title: 'Networks',
    about: 'Who can speak with whom',
    minutes: 5,
    leaves: { containers: ['lesson-server', 'lesson-asker'], networks: ['lesson-net'] },
    steps: [
      {
        title: 'A network of your own',
        text: 'Containers on the same network reach one another by name. Those on different networks do not.',
        command: line('docker network create lesson-net'),
        look: { label: 'See all networks', route: { page: 'networks' } },
        checks: [hasNetwork('lesson-net')],
      },
      {
        title: 'A server on it',
        text: 'It needs no published port to be reached by its neighbours.',
        command: line('docker run --detach --name lesson-server --network lesson-net gantry/welcome'),
        checks: [runs('lesson-server'), isOn('lesson-server', 'lesson-net')],
      },
      {
        title: 'A neighbour that asks for it',
        text: 'It looks up the name lesson-server, which the engine answers, and ends with 0.',
        command: line(
          'docker run --name lesson-asker --network lesson-net gantry/welcome nslookup lesson-server',
        ),
        checks: [ended('lesson-asker', 0)],
      },
      {
        title: 'Cut the line',
        text: 'Disconnected, the server runs on, and nobody on lesson-net finds it any more.',
        command: line('docker network disconnect lesson-net lesson-server'),
        checks: [isNotOn('lesson-server', 'lesson-net')],
      },
      {
        title: 'Delete the server',
        text: 'A network can be deleted when no running container is connected to it.',
        command: line('docker rm --force lesson-server'),
        checks: [isGone('lesson-server')],
      },
      {
        title: 'Delete the network',
        text: 'Networks hold no data: making one again is all it takes.',
        command: line('docker network rm lesson-net'),
        checks: [noNetwork('lesson-net')],
      },
    ],
  },
  {
    id: 'trust',
    title: 'Finding a trustworthy image',
    about: 'Official, current, and from whom',
    minutes: 4,
    leaves: { containers: [] },
    steps: [
      {
        title: 'Look for one, and get it',
        text: 'An image runs with all that is in it, so look who made it. “Official” images are kept by Docker with the makers of the program; “Verified” ones come from the company itself. Prefer a version that is still maintained over an old one. Find nginx, redis, alpine or another official image, and pull it. This needs the internet.',
        look: { label: 'Search the registries', route: { page: 'discover', q: 'alpine' } },
        checks: [
          {
            says: 'An official image is on this computer, with its digest',
            holds: ({ images }) =>
              images.some(({ digests }) => digests.some((digest) => trusted.test(digest))),
          },
        ],
        why: {
          question: 'What is a digest?',
          answer:
            'A fingerprint of the image’s content. A tag can be moved to another image, a digest cannot.',
        },
      },
    ],
  },
  {
    id: 'cleaning',
    title: 'Cleaning up',
    about: 'What takes room, and what can go',
    minutes: 3,
    leaves: { containers: ['lesson-old'], volumes: ['lesson-left'] },
    steps: [
      {
        title: 'Something that is left over',
        text: 'Containers that have ended stay until somebody deletes them. This one ends at once, and leaves a volume behind.',
        command: line('docker run --name lesson-old --volume lesson-left:/data gantry/welcome date'),
        checks: [ended('lesson-old', 0), hasVolume('lesson-left')],
      },
      {
        title: 'Delete the container',
        text: 'Its log and what it wrote outside of its volumes go with it.',
        command: line('docker rm --force lesson-old'),
        checks: [isGone('lesson-old')],
      },
      {
        title: 'Delete what nobody uses',
        text: 'The volume is used by no container now. The list of volumes says which those are. Look twice: a volume is the one thing here that cannot be made again.',
        command: line('docker volume rm lesson-left'),
        look: { label: 'See what is unused', route: { page: 'volumes' } },
        checks: [noVolume('lesson-left')],
      },
    ],
  },
];
