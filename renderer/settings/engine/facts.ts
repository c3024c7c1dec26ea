import type { VmDetails } from '#contract';

/** Version of Docker Engine in the guest image, without what a distribution adds; undefined without an image. */
export const engineVersionOf = ({ guest }: VmDetails): string | undefined =>
  guest?.packages
    .find(({ name }) => /^(?:docker\.io|docker-ce|docker-engine|moby-engine|docker)$/.test(name))
    ?.version.match(/^[\d.]+/)?.[0];
