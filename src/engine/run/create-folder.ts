import { mkdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { ProblemError } from '#contract/problem';
import { toProblem } from '../problems';

/**
 * Creates a folder of this computer, with those above it. An existing one is left as it is.
 * @throws ProblemError when it may not, or when the path is not a whole one
 */
export async function createFolder(path: string): Promise<void> {
  if (!isAbsolute(path)) {
    throw new ProblemError({
      code: 'path-not-whole',
      title: `${path} is not a full path`,
      explanation: 'A folder is given by its full path, beginning with a slash.',
      actions: [],
    });
  }
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: `create the folder ${path}` }));
  }
}
