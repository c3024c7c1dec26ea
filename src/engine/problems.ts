import { type Problem, ProblemError } from '#contract/problem';
import { retry } from './catalogue/actions';
import type { ProblemContext } from './catalogue/entry';
import { catalogue } from './catalogue/index';

interface Failure {
  /** HTTP status of the engine's answer; undefined when there was none. */
  status: number | undefined;
  /** The words of the engine or the system, without wrappers. */
  text: string;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Wrappers that docker-modem, Electron and the docker CLI put before the engine's words. */
const wrappers = [
  /^\(HTTP code \d+\) [a-z ]+ - /i,
  /^Error invoking remote method '[^']*': /,
  /^(?:docker: )?Error response from daemon: /,
];

function unwrapped(message: string): string {
  let text = message.trim();
  for (const wrapper of wrappers) text = text.replace(wrapper, '');
  return text.trim();
}

/** The chain of an error and its causes in words, with the codes that Node puts beside the message. */
function wordsOf(error: Error): string {
  const { code, name, message } = error as Error & { code?: unknown };
  const parts = [unwrapped(message)];
  if (typeof code === 'string' && !message.includes(code)) parts.push(`(${code})`);
  if (name === 'TimeoutError') parts.push('(TimeoutError)');
  if (error.cause instanceof Error) parts.push(wordsOf(error.cause));
  if (error instanceof AggregateError) {
    for (const inner of error.errors) if (inner instanceof Error) parts.push(wordsOf(inner));
  }
  return parts.filter(Boolean).join(': ');
}

function failureOf(error: unknown): Failure {
  if (typeof error === 'string') return { status: undefined, text: unwrapped(error) };
  const { statusCode, json } = record(error);
  const status = typeof statusCode === 'number' ? statusCode : undefined;
  const said = record(json).message;
  if (typeof said === 'string') return { status, text: said.trim() };
  if (error instanceof Error) return { status, text: wordsOf(error) };
  return { status, text: JSON.stringify(error) ?? String(error) };
}

/** Characters at either end of a text that entries look at: some take the square of its length. */
const LOOKED_AT = 4000;

const bothEnds = (text: string) =>
  text.length <= 2 * LOOKED_AT ? text : `${text.slice(0, LOOKED_AT)}\n${text.slice(-LOOKED_AT)}`;

const isAbort = (error: unknown) =>
  error instanceof Error && error.name === 'AbortError' && !/TimeoutError/.test(wordsOf(error));

function unknownProblem({ status }: Failure, context: ProblemContext): Omit<Problem, 'detail'> {
  return {
    code: 'unknown',
    title: context.doing ? `Could not ${context.doing}` : 'The engine could not do that',
    explanation:
      status === undefined
        ? 'Something failed for which Gantry has no explanation. Its own words are below.'
        : 'The engine gave a reason for which Gantry has no explanation. Its own words are below.',
    actions: status !== undefined && status < 500 ? [] : [retry],
  };
}

/**
 * What the user reads about a failure: of a call to the engine, of the connection, or a text the engine wrote
 * (a pull's error line, a start error). A ProblemError keeps its problem. Raw words stay in `detail`.
 */
export function toProblem(error: unknown, context: ProblemContext = {}): Problem {
  if (error instanceof ProblemError) return error.problem;
  const command = context.command ? { command: context.command } : {};
  if (isAbort(error)) {
    return {
      code: 'cancelled',
      title: 'It was cancelled',
      explanation: 'Nobody waits for the answer any more.',
      actions: [],
      ...command,
    };
  }
  const failure = failureOf(error);
  const text = bothEnds(failure.text);
  for (const { code, status, pattern, explain } of catalogue.said) {
    if (status && failure.status !== undefined && !status.includes(failure.status)) continue;
    const match = pattern.exec(text);
    if (match) return { code, ...explain(match, context), ...command, detail: failure.text };
  }
  return { ...unknownProblem(failure, context), ...command, detail: failure.text };
}
