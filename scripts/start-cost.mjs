// Libraries load parts at every start that Gantry needs rarely or never; this plugin for esbuild puts that off.
import { readFileSync } from 'node:fs';

/** These are loaded when they are first called, not with the program. Each is used as a plain function. */
const LATE = [
  // Building with BuildKit: gRPC and protobuf.
  { filter: /[\\/]dockerode[\\/]lib[\\/]docker\.js$/, part: './session' },
  // Engines behind ssh://: ssh2.
  { filter: /[\\/]docker-modem[\\/]lib[\\/]modem\.js$/, part: './ssh' },
];

export const startCost = {
  name: 'start-cost',
  setup(build) {
    for (const { filter, part } of LATE) {
      const load = `require('${part}')`;
      build.onLoad({ filter }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes(load)) throw new Error(`${path} does not load ${part} any more`);
        return { contents: source.replace(load, `((...args) => ${load}(...args))`), loader: 'js' };
      });
    }
    // zod's messages in all languages but English, which its namespace object keeps in every bundle.
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};
