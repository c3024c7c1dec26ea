import type PO from 'pofile';

export type Sentence = InstanceType<typeof PO.Item>;

export function updated(language: string, before: string | undefined, sentences: Sentence[]): string;
export function translations(text: string, name: string): Record<string, string | string[]>;
