import type { Plugin } from 'vite';

export function speakingPage(): Plugin[];
