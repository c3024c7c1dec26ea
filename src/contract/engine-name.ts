import type { EngineEndpoint } from './engine';

/** What an engine is called in a sentence. */
export const engineName = ({ label, source }: Pick<EngineEndpoint, 'label' | 'source'>): string =>
  source === 'Gantry VM' ? 'Gantry’s VM' : label;
