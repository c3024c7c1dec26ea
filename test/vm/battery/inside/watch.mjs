// Prints the name of each file in the folder /watched of which the kernel tells a change (inotify).
import { watch } from 'node:fs';

process.on('SIGTERM', () => process.exit(0));
watch('/watched', (_kind, name) => console.log(`changed ${name}`));
console.log('watching');
