import type { Problem } from '#contract/problem';
import { ProblemError } from '#contract/problem';

const retry = { kind: 'retry', label: 'Try again' } as const;

function refusal(code: string, title: string, explanation: string, detail?: string): ProblemError {
  return new ProblemError({ code: `update-${code}`, title, explanation, actions: [retry], detail });
}

const kept = 'Nothing was changed, and nothing of it was kept.';

export const forgedFeed = () =>
  refusal(
    'forged-feed',
    'The list of updates is not from Gantry’s makers',
    `Its signature does not fit the key in this copy. Somebody changed the list, or it is being replaced at this moment. ${kept}`,
  );

export const strangeFeed = (detail: string) =>
  refusal(
    'strange-feed',
    'The list of updates cannot be read',
    `It is signed, but has not the form that this version of Gantry knows. ${kept}`,
    detail,
  );

export const downgrade = (offered: string, running: string) =>
  refusal(
    'downgrade',
    `Gantry ${offered} is older than this one`,
    `This is Gantry ${running}, and an update never goes back. The list on the server is an old one. ${kept}`,
  );

export const forgedFile = (version: string) =>
  refusal(
    'forged-file',
    `The file of Gantry ${version} is not the one in the signed list`,
    `It has the right length, but another content: it was damaged on the way, or exchanged. ${kept}`,
  );

export const wrongLength = (version: string, expected: number, got: string) =>
  refusal(
    'wrong-length',
    `The file of Gantry ${version} is not complete`,
    `The signed list says ${expected} bytes, and ${got}. ${kept}`,
  );

export const noSuchPackage = (version: string, way: string) =>
  refusal(
    'no-package',
    `Gantry ${version} is there, but not as ${way}`,
    'The download page has the packages that there are.',
  );

export const stalled = (from: string, seconds: number) =>
  refusal(
    'stalled',
    `${from} stopped answering`,
    `Nothing came for ${seconds} seconds. The server is busy, or the connection is gone.`,
  );

export const refusedAnswer = (from: string, status: number) =>
  refusal(
    'no-answer',
    `${from} has no update to give`,
    `It answered with ${status}. The makers may have moved it, or be at work on it.`,
  );

const waits = 'The download is kept, and Gantry goes on as it is.';

export const missingFile = (version: string) =>
  refusal(
    'file-gone',
    `The file of Gantry ${version} is not there any more`,
    'It was downloaded, and somebody or something has deleted it since. Trying again downloads it anew.',
  );

export const notAllowed = (version: string) =>
  refusal('not-allowed', `Gantry ${version} was not installed`, `The password was not given. ${waits}`);

/** @param byHand a command line that does the same */
export const nobodyAsks = (version: string, byHand: string, detail: string) =>
  refusal(
    'not-asked',
    `Gantry ${version} was not installed`,
    `Your system did not let you give a password, or did not accept it. In a terminal this does the same: “${byHand}”. ${waits}`,
    detail,
  );

export const notInstalled = (version: string, detail: string) =>
  refusal(
    'not-installed',
    `Gantry ${version} was not installed`,
    `Your system did not take the package; what it said is below. ${waits}`,
    detail,
  );

/** A failure in words, whatever it was. */
export function problemOf(error: unknown, from: string): Problem {
  if (error instanceof ProblemError) return error.problem;
  const said = error instanceof Error ? error : new Error(String(error));
  const cause = said.cause instanceof Error ? `${said.message}: ${said.cause.message}` : said.message;
  return refusal(
    'unreachable',
    `${from} cannot be reached`,
    'Is this computer online? A proxy or a firewall can be in the way, too.',
    cause,
  ).problem;
}
