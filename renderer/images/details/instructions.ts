import { masked } from '../../inspect/secrets';

/** What each Dockerfile instruction does, for somebody who sees it for the first time. */
const meanings: Record<string, string> = {
  ADD: 'puts files into the image; archives are unpacked.',
  ARG: 'takes a value when the image is built.',
  CMD: 'is what a container runs when nothing else is asked for.',
  COPY: 'puts files from the project folder into the image.',
  ENTRYPOINT: 'is the program that every container of this image starts.',
  ENV: 'sets a variable for every program inside.',
  EXPOSE: 'notes a port on which the program listens. It does not publish it.',
  FROM: 'begins with another image.',
  HEALTHCHECK: 'tells the engine how to find out whether the program is well.',
  LABEL: 'notes a fact about the image.',
  MAINTAINER: 'names who looks after the image.',
  ONBUILD: 'is done when another image is built from this one.',
  RUN: 'executes a command during the build and keeps what it leaves behind.',
  SHELL: 'sets the shell in which the commands run.',
  STOPSIGNAL: 'sets the signal that asks the program to end.',
  USER: 'sets the user that runs what follows.',
  VOLUME: 'marks a folder whose contents live in a volume.',
  WORKDIR: 'sets the folder in which commands run.',
};

/** The instruction's word and what follows it; no word when the text is none of Docker's. */
export function splitInstruction(text: string): { word: string; rest: string; meaning: string | null } {
  const [, word = '', rest = ''] = /^([A-Z]+)\b\s*([\s\S]*)$/.exec(text) ?? [];
  const meaning = meanings[word];
  return meaning === undefined ? { word: '', rest: text, meaning: null } : { word, rest, meaning };
}

/** Variables whose names sound secret are shown as dots, here as everywhere. */
export const withoutSecrets = (instruction: string): string =>
  /^(?:ENV|ARG)\b/.test(instruction)
    ? instruction.replace(
        /(\w+)=(\S+)/g,
        (_pair, name: string, value: string) => `${name}=${masked(name, value)}`,
      )
    : instruction;
