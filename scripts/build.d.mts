import type { BuildOptions } from 'esbuild';

export function bundleOptions(program: { entry: string; output: string }): BuildOptions;
