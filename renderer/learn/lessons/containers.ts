import { connected, ended, inState, isGone, type Lesson, line, runs } from '../lesson';

/** What a container is, what it is not, how it lives, and how it ends. */
export const containerLessons: readonly Lesson[] = [
  {
    id: 'container',
    title: 'What is a container?',
    about: 'Start one, stop it, throw it away',
    minutes: 4,
    leaves: { containers: ['lesson-web'] },
    steps: [
      {
        title: 'Start a container',
        text: 'A container is a program with everything it needs, running apart from the rest of the computer. This one is a small web server. It comes from the image gantry/welcome, which Gantry brings along.',
        command: line('docker run --detach --name lesson-web gantry/welcome'),
        look: { label: 'See it in the list', route: { page: 'containers' } },
        checks: [runs('lesson-web')],
        why: {
          question: 'What does --detach do?',
          answer:
            'The command returns at once, and the container goes on. Without it the terminal shows what the program says until it ends.',
        },
      },
      {
        title: 'Stop it',
        text: 'Stopping asks the program to end, and ends it after ten seconds if it does not. The container is still there, with all its files, but nothing runs in it.',
        command: line('docker stop lesson-web'),
        checks: [ended('lesson-web')],
      },
      {
        title: 'Start it again',
        text: 'It is the same container: its name, its settings and its files are as they were.',
        command: line('docker start lesson-web'),
        checks: [runs('lesson-web')],
      },
      {
        title: 'Throw it away',
        text: 'Deleting takes the container and the files that it wrote. The image stays, so the next container is made in a moment. Gantry waits eight seconds before it deletes, so that you can undo it.',
        command: line('docker rm --force lesson-web'),
        checks: [isGone('lesson-web')],
      },
    ],
  },
  {
    id: 'vm',
    title: 'VM and container compared',
    about: 'Two kinds of walls, and what each costs',
    minutes: 4,
    leaves: { containers: ['lesson-kernel', 'lesson-small'] },
    steps: [
      {
        title: 'One kernel for all',
        text: 'A virtual machine is a computer made of software, with a system of its own. A container is only a process of its machine’s Linux. This one prints the name of the kernel that it runs on, and ends: every container on this engine prints the same.',
        command: line('docker run --name lesson-kernel gantry/welcome uname -r'),
        look: { label: 'Read what it printed', route: { page: 'containers' } },
        checks: [ended('lesson-kernel', 0)],
        why: {
          question: 'So why does Gantry have a VM at all?',
          answer:
            'Linux containers need a Linux kernel. The VM has one, keeps containers apart from your own system, and gives all of them together a fixed share of the computer.',
        },
      },
      {
        title: 'A share for one container',
        text: 'A VM has its memory as a whole. Within it each container takes what it needs, unless it gets a limit. This one may have 64 MB.',
        command: line('docker run --detach --name lesson-small --memory 64m gantry/welcome'),
        look: { label: 'See what the VM may use', route: { page: 'settings', section: 'resources' } },
        checks: [runs('lesson-small')],
      },
      {
        title: 'Gone in a moment',
        text: 'A VM takes many seconds to start. A container starts and goes in less than one, as there is no system to boot.',
        command: line('docker rm --force lesson-small'),
        checks: [isGone('lesson-small')],
      },
    ],
  },
  {
    id: 'life',
    title: 'The life of a container',
    about: 'Created, running, paused, exited, gone',
    minutes: 5,
    leaves: { containers: ['lesson-life'] },
    steps: [
      {
        title: 'Created and started',
        text: '“Run” is two steps in one: create makes the container from its image, start runs its program.',
        command: line('docker run --detach --name lesson-life gantry/welcome'),
        checks: [runs('lesson-life')],
      },
      {
        title: 'Paused',
        text: 'A paused container is frozen: its program keeps its memory and takes no processor time. It does not even know.',
        command: line('docker pause lesson-life'),
        checks: [inState('lesson-life', 'paused', 'lesson-life is paused')],
      },
      {
        title: 'Going on',
        text: 'It goes on at the very place where it was.',
        command: line('docker unpause lesson-life'),
        checks: [runs('lesson-life')],
      },
      {
        title: 'Killed',
        text: 'Stop asks, kill does not: the program ends at once and can save nothing. Exit code 137 says so: 128 and 9, the number of the signal.',
        command: line('docker kill lesson-life'),
        checks: [ended('lesson-life', 137)],
      },
      {
        title: 'Gone',
        text: 'An ended container keeps its log and its files until it is deleted.',
        command: line('docker rm --force lesson-life'),
        checks: [isGone('lesson-life')],
      },
    ],
  },
  {
    id: 'exit-codes',
    title: 'Reading an exit code',
    about: 'What a container says when it ends',
    minutes: 3,
    leaves: { containers: ['lesson-fine', 'lesson-wrong', 'lesson-missing'] },
    steps: [
      {
        title: 'Zero: all is well',
        text: 'Every program ends with a number. Zero means that it did what it was to do. A container that ends with it is no failure: its work is done.',
        command: line('docker run --name lesson-fine gantry/welcome hostname'),
        checks: [ended('lesson-fine', 0)],
      },
      {
        title: 'Any other: something is wrong',
        text: 'What a number from 1 to 124 means is the program’s own affair. Its log says more. This program looks for a folder that is not there, and ends with 1.',
        command: line('docker run --name lesson-wrong gantry/welcome ls /nothing'),
        look: { label: 'See why, on its page', route: { page: 'containers' } },
        checks: [ended('lesson-wrong', 1)],
        why: {
          question: 'Which numbers should I know?',
          answer:
            '126: the program may not be run. 127: there is no such program. 137: killed, often because memory ran out. 143: it was asked to stop, and did. Gantry says each in words.',
        },
      },
      {
        title: '127: there is no such program',
        text: 'A shell in the container looks for a program that is not there. In a terminal, type the command; quotes keep its last part together.',
        command: ['docker', 'run', '--name', 'lesson-missing', 'gantry/welcome', 'sh', '-c', 'nosuchprogram'],
        checks: [ended('lesson-missing', 127)],
      },
    ],
  },
  {
    id: 'client',
    title: 'Client, daemon and registry',
    about: 'Who does what, and where',
    minutes: 3,
    leaves: { containers: ['lesson-asked'] },
    steps: [
      {
        title: 'The daemon does the work',
        text: 'Gantry and the docker command are clients: they only ask. The daemon, Docker Engine, keeps images and runs containers. It may be in a VM, on this computer, or on a server far away.',
        look: { label: 'See which engine answers', route: { page: 'settings', section: 'engine' } },
        checks: [connected],
      },
      {
        title: 'Two clients, one daemon',
        text: 'Start a container in a terminal. Gantry shows it at once, as both speak with the same daemon.',
        command: line('docker run --detach --name lesson-asked gantry/welcome'),
        checks: [runs('lesson-asked')],
        why: {
          question: 'My terminal speaks with another engine',
          answer:
            'The docker command follows its context. With Gantry’s own engine, write docker --context gantry, as the line at the foot of each page does.',
        },
      },
      {
        title: 'And the registry?',
        text: 'A registry keeps images for everybody, as Docker Hub does. The daemon downloads an image from it when it does not have it. This one came with Gantry, so nothing was asked of any registry.',
        look: { label: 'Look into the registries', route: { page: 'discover' } },
        command: line('docker rm --force lesson-asked'),
        checks: [isGone('lesson-asked')],
      },
    ],
  },
];
