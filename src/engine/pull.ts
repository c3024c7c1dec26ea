import type Dockerode from 'dockerode';
import type { TaskProgress } from '#contract';
import { ProblemError } from '#contract/problem';
import { formatReference, parseReference } from '#contract/reference';
import type { ProblemContext } from './catalogue/entry';
import { linesOf } from './events';
import { toProblem } from './problems';
import { PullProgress, pullLine } from './pull-progress';

/** What a registry wants to know of who pulls; the engine hands it on (X-Registry-Auth). */
export interface RegistryAuth {
  username: string;
  password: string;
  serveraddress: string;
}

export interface PullInput {
  reference: string;
  /** `linux/arm64`; absent takes the engine's own. */
  platform?: string;
  auth?: RegistryAuth;
}

export interface PullControl {
  signal: AbortSignal;
  onProgress(progress: TaskProgress): void;
  /**
   * What is known besides the engine's words about a failure of this code (`rate-limited`): the engine hands on neither
   * headers nor figures of a registry.
   */
  known?(code: string): Promise<Partial<ProblemContext>>;
}

function notAReference(text: string): ProblemError {
  return new ProblemError({
    code: 'reference-invalid',
    title: `“${text}” is not the name of an image`,
    explanation:
      'A name has lower-case letters, digits and . _ - / in it, and perhaps a tag after a colon: nginx:1.29.',
    actions: [],
  });
}

/**
 * Downloads an image, as `docker pull` does, and tells its progress from what the engine says. Aborting ends the
 * engine's download too; layers that are complete stay for the next try.
 * @returns the reference with its tag, and the image's id
 */
export async function pullImage(
  docker: Dockerode,
  { reference, platform, auth }: PullInput,
  { signal, onProgress, known }: PullControl,
): Promise<{ reference: string; imageId: string }> {
  const parsed = parseReference(reference);
  if (!parsed) throw notAReference(reference);
  const name = formatReference(parsed);
  const context = { doing: `download ${name}`, name, platform };
  const progress = new PullProgress();
  onProgress(progress.whole());
  try {
    const stream = await docker.createImage(auth ?? {}, {
      fromImage: formatReference({ ...parsed, tag: null, digest: null }),
      tag: parsed.digest ?? parsed.tag ?? 'latest',
      ...(platform ? { platform } : {}),
      abortSignal: signal,
    });
    await readPull(stream, progress, onProgress);
    signal.throwIfAborted();
    progress.complete();
    onProgress(progress.whole());
    const { Id: imageId } = await docker.getImage(name).inspect();
    return { reference: name, imageId };
  } catch (error) {
    // A stream that breaks off because of the abort reads as if the engine had hung up.
    if (signal.aborted) throw new ProblemError(toProblem(signal.reason, context));
    const { code } = toProblem(error, context);
    throw new ProblemError(toProblem(error, { ...context, ...(await known?.(code)) }));
  }
}

async function readPull(
  stream: NodeJS.ReadableStream,
  progress: PullProgress,
  onProgress: PullControl['onProgress'],
): Promise<void> {
  for await (const text of linesOf(bytesOf(stream))) {
    if (text.trim() === '') continue;
    const line = pullLine.parse(JSON.parse(text));
    // The engine answers 200 before it asks the registry, so failures come as a line.
    if (line.error !== undefined) throw new Error(line.errorDetail?.message ?? line.error);
    if (progress.add(line)) onProgress(progress.whole());
  }
}

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
