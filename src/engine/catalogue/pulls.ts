import { retry, search, signIn } from './actions';
import type { SaidEntry } from './entry';
import { rateLimited } from './rate-limit';

/** What goes wrong between the engine and the registries. More exact patterns come first. */
export const pullEntries: readonly SaidEntry[] = [
  {
    code: 'pull-denied',
    // Docker Hub in a sentence, other registries (ghcr.io, GitLab) in one word.
    pattern:
      /pull access denied for ([^\s,]+)|requested access to the resource is denied|(?:^|: )denied(?:: |$)/,
    explain: ([, repository], context) => {
      const name = repository ?? context.name ?? 'this image';
      const { similar } = context;
      const meant = similar ? [search(`Did you mean ${similar}?`, similar)] : [];
      return {
        title: `There is no ${name}, or it is private`,
        explanation:
          'Registries do not tell the two apart. Check the spelling; a private image needs a sign-in.',
        actions: [...meant, search(`Search for ${name}`, name), signIn],
      };
    },
  },
  {
    code: 'sign-in-needed',
    pattern:
      /unauthorized: |no basic auth credentials|incorrect username or password|authentication required/,
    explain: (_match, context) => ({
      title: `The registry wants a sign-in${context.name ? ` for ${context.name}` : ''}`,
      explanation: 'It did not accept the sign-in that it was given, or it was given none.',
      actions: [signIn, retry],
    }),
  },
  {
    code: 'platform-missing',
    pattern:
      /no matching manifest for ([^\s]+(?: v\d+)?) in the manifest list entries|no match for platform in manifest/,
    explain: ([, platform], context) => ({
      title: `${context.name ?? 'This image'} is not made for this processor`,
      explanation: platform
        ? `The engine looks for ${platform}, and the image has other platforms only.`
        : 'The image has other platforms only.',
      actions: context.name ? [search('Find other tags', context.name)] : [],
    }),
  },
  {
    code: 'tag-missing',
    pattern: /manifest for (\S+) not found|manifest unknown|(\S+): not found/,
    explain: ([, first, second], context) => {
      const name = first ?? context.name ?? second ?? 'This image';
      return {
        title: `${name} does not exist`,
        explanation: 'The registry may have the image, but not this tag or digest of it.',
        actions: [search('Choose from its tags', name.replace(/(:[^/:]+|@sha256:[0-9a-f]+)$/, ''))],
      };
    },
  },
  {
    code: 'rate-limited',
    // GitHub's registry adds its pause as Go writes it: `toomanyrequests: retry-after: 880.092µs, allowed: 44000/minute`.
    pattern:
      /(?:toomanyrequests|You have reached your (?:unauthenticated )?pull rate limit|429 Too Many Requests)(?:: retry-after: ([\d.a-zµμ]+))?/i,
    explain: ([, pause], context) => rateLimited(pause, context),
  },
  {
    code: 'reference-invalid',
    pattern: /invalid reference format(?:: ([^\n]*))?|repository name must be lowercase/,
    explain: (_match, context) => ({
      title: `${context.name ?? 'This'} is not the name of an image`,
      explanation:
        'An image’s name looks like registry.example/team/app:tag. It has lower-case letters, digits, “.”, “_”, “-” and “/” only.',
      actions: [],
    }),
  },
  {
    code: 'registry-not-trusted',
    pattern: /x509: [^\n]*|server gave HTTP response to HTTPS client/,
    explain: ([text = '']) => ({
      title: 'The engine does not trust this registry',
      explanation: text.startsWith('server gave HTTP')
        ? 'The registry speaks HTTP without TLS. The engine accepts that on this computer only, or when it is told to (insecure-registries).'
        : 'The registry’s certificate was made by an authority that the engine does not know.',
      actions: [retry],
    }),
  },
  {
    code: 'registry-unreachable',
    pattern:
      /(?:dial tcp|lookup|Get "?https?:\/\/)[^\n]*(?:no such host|connection refused|i\/o timeout|network is unreachable|no route to host|Client\.Timeout|server misbehaving|TLS handshake timeout|request canceled)/,
    explain: ([text = '']) => {
      const host = /https?:\/\/([^/"\s]+)/.exec(text)?.[1] ?? /lookup ([^\s:]+)/.exec(text)?.[1];
      return {
        title: `The engine cannot reach ${host ?? 'the registry'}`,
        explanation: /no such host|misbehaving/.test(text)
          ? 'No address was found for this name. Check the spelling and the network.'
          : 'It does not answer. Check the network, a VPN or a proxy.',
        actions: [retry],
      };
    },
  },
];
