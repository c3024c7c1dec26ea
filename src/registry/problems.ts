import { type Problem, ProblemError } from '#contract/problem';

const retry = { kind: 'retry', label: 'Try again' } as const;
const signIn = { kind: 'open', label: 'Sign in', page: 'settings', target: 'registries' } as const;

const fail = (problem: Problem) => new ProblemError(problem);

export const unreachable = (host: string, detail: string) =>
  fail({
    code: 'registry-unreachable',
    title: `${host} cannot be reached`,
    explanation: 'Check the network, and the address.',
    actions: [retry],
    detail,
  });

export const tooSlow = (host: string, seconds: number) =>
  fail({
    code: 'registry-too-slow',
    title: `${host} did not answer in time`,
    explanation: `Gantry waited ${seconds} seconds.`,
    actions: [retry],
  });

/** A host does not want to be asked for a while. */
export class PauseAsked extends ProblemError {
  /** @param until when it may be asked again, if it named that time itself; milliseconds since 1970 */
  constructor(
    problem: Problem,
    readonly until: number | null,
  ) {
    super(problem);
  }
}

/** @param pause until when it is left alone, and whether it asked for just that */
export const slowDown = (host: string, { until, told }: { until: number; told: boolean }) =>
  new PauseAsked(
    {
      code: 'registry-limit',
      title: `${host} asks for a pause`,
      explanation: `Too many requests came from this address. It may be asked again in ${waiting(Math.ceil((until - Date.now()) / 1000))}.`,
      actions: [retry],
    },
    told ? until : null,
  );

function waiting(seconds: number): string {
  if (seconds < 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

export const answered = (host: string, status: number, detail: string) =>
  fail({
    code: status >= 500 ? 'registry-failed' : 'registry-refused',
    title: `${host} answered with an error (${status})`,
    explanation:
      status >= 500
        ? 'Something is wrong on its side. It may work again later.'
        : 'It did not accept the request.',
    actions: [retry],
    detail,
  });

export const notFound = (what: string, host: string) =>
  fail({
    code: 'registry-not-found',
    title: `${what} is not in ${host}, or it is private`,
    explanation: 'Registries do not tell the two apart. Check the spelling; a private image needs a sign-in.',
    actions: [signIn],
  });

export const signInNeeded = (host: string, wasSignedIn: boolean) =>
  fail({
    code: 'sign-in-needed',
    title: wasSignedIn ? `${host} did not accept the sign-in` : `${host} wants a sign-in`,
    explanation: wasSignedIn
      ? 'The name or the password is wrong, or they may not see this.'
      : 'It shows this to people it knows only.',
    actions: [signIn],
  });

export const notUnderstood = (host: string, detail: string) =>
  fail({
    code: 'registry-not-understood',
    title: `The answer of ${host} could not be read`,
    explanation:
      'It does not have the form that is documented for it. Another program may be at this address.',
    actions: [retry],
    detail,
  });

export const untrustedCertificate = (host: string, certificate: string, detail: string) =>
  fail({
    code: 'registry-certificate',
    title: `The certificate of ${host} is not trusted`,
    explanation: `${certificate} This computer knows no authority that vouches for it. If the registry is yours, add its certificate to this system’s trusted certificates, and start Gantry again.`,
    actions: [retry],
    detail,
  });

export const notSearchable = (host: string) =>
  fail({
    code: 'registry-not-searchable',
    title: `${host} has no search`,
    explanation: `It answers for full names only. Type one to see its tags, such as ${host}/team/app.`,
    actions: [],
  });

export const plainHttpRefused = (host: string) =>
  fail({
    code: 'registry-plain-http',
    title: `${host} would be asked without encryption`,
    explanation: 'Gantry speaks plain HTTP with registries on this computer only.',
    actions: [],
  });

export const badName = (text: string) =>
  fail({
    code: 'reference-invalid',
    title: `“${text}” is not the name of an image or registry`,
    explanation:
      'An image’s name looks like registry.example/team/app:tag, and a registry’s like registry.example or localhost:5000.',
    actions: [],
  });
