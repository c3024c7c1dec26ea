import type { ProblemAction } from '#contract/problem';
import { bare, type ProblemRule } from './problem-rule';

const search = (label: string, text: string): ProblemAction => ({
  kind: 'open',
  label,
  page: 'discover',
  target: text,
});
const retry = (label = 'Try again'): ProblemAction => ({ kind: 'retry', label });
const signIn: ProblemAction = {
  kind: 'open',
  label: 'Add a sign-in',
  page: 'settings',
  target: 'registries',
};

/** What goes wrong between the engine, its images and the registries. */
export const imageRules: ProblemRule[] = [
  {
    code: 'pull-denied',
    pattern: /pull access denied for ([^\s,]+)|requested access to the resource is denied/,
    make: ([, repository], context) => {
      const name = repository ?? context.name ?? 'this image';
      return {
        title: `There is no ${name}, or it is private`,
        explanation:
          'Registries do not tell the two apart. Check the spelling; a private image needs a sign-in.',
        actions: [search(`Search for ${name}`, name), signIn],
      };
    },
  },
  {
    code: 'sign-in-needed',
    pattern:
      /unauthorized: |no basic auth credentials|incorrect username or password|authentication required/,
    make: (_match, context) => ({
      title: `The registry wants a sign-in${context.name ? ` for ${context.name}` : ''}`,
      explanation: 'It did not accept the sign-in that it was given, or it was given none.',
      actions: [signIn, retry()],
    }),
  },
  {
    code: 'platform-missing',
    pattern:
      /no matching manifest for ([^\s]+(?: v\d+)?) in the manifest list entries|no match for platform in manifest/,
    make: ([, platform], context) => ({
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
    make: ([, first, second], context) => {
      const name = first ?? context.name ?? second ?? 'This image';
      return {
        title: `${name} does not exist`,
        explanation: 'The registry may have the image, but not this tag or digest of it.',
        actions: [search('Choose from its tags', name.replace(/(:[^/:]+|@sha256:[0-9a-f]+)$/, ''))],
      };
    },
  },
  {
    code: 'image-missing',
    status: [404],
    pattern: /No such image: (\S+)/,
    make: ([, said = ''], context) => {
      const name = bare(context.name ?? said);
      return {
        title: `${name} is not on this computer`,
        explanation: 'The image was not downloaded yet, or was deleted.',
        actions: [
          { kind: 'call', label: 'Download it', procedure: 'images.pull', input: { reference: name } },
        ],
      };
    },
  },
  {
    code: 'rate-limited',
    pattern: /toomanyrequests|You have reached your (?:unauthenticated )?pull rate limit/,
    make: () => ({
      title: 'The registry’s limit for downloads is used up',
      explanation:
        'Registries count downloads without a sign-in per address, often over six hours. With a sign-in the limit is higher.',
      actions: [signIn, retry()],
    }),
  },
  {
    code: 'platform-foreign',
    pattern: /requested image's platform \(([^)]+)\) does not match the detected host platform \(([^)]+)\)/,
    make: ([, image = '', host = ''], context) => ({
      title: 'It runs, but slower',
      explanation: `The image is made for ${image}, and this engine is ${host}: every instruction is translated.`,
      actions: context.name ? [search('Find a tag for this computer', context.name)] : [],
    }),
  },
  {
    code: 'platform-differs',
    pattern:
      /image with reference (\S+) was found but does not match the specified platform: wanted ([^\s,]+), actual: (\S+)/,
    make: ([, name = '', wanted = '', actual = '']) => ({
      title: `${name} is here for ${actual} only`,
      explanation: `It was asked for as ${wanted}. Download that one first.`,
      actions: [
        {
          kind: 'call',
          label: `Download it for ${wanted}`,
          procedure: 'images.pull',
          input: { reference: name, platform: wanted },
        },
      ],
    }),
  },
  {
    code: 'reference-invalid',
    pattern: /invalid reference format(?:: ([^\n]*))?|repository name must be lowercase/,
    make: (_match, context) => ({
      title: `${context.name ?? 'This'} is not the name of an image`,
      explanation:
        'An image is called like registry.example/team/app:tag. The name has small letters, digits, “.”, “_”, “-” and “/” only.',
      actions: [],
    }),
  },
  {
    code: 'registry-not-trusted',
    pattern: /x509: [^\n]*|server gave HTTP response to HTTPS client/,
    make: ([text = '']) => ({
      title: 'The engine does not trust this registry',
      explanation: text.startsWith('server gave HTTP')
        ? 'The registry speaks HTTP without TLS. The engine accepts that on this computer only, or when it is told to (insecure-registries).'
        : 'The registry’s certificate was made by an authority that the engine does not know.',
      actions: [retry()],
    }),
  },
  {
    code: 'registry-unreachable',
    pattern:
      /(?:dial tcp|lookup|Get "?https?:\/\/)[^\n]*(?:no such host|connection refused|i\/o timeout|network is unreachable|no route to host|Client\.Timeout|server misbehaving|TLS handshake timeout|request canceled)/,
    make: ([text = '']) => {
      const host = /https?:\/\/([^/"\s]+)/.exec(text)?.[1] ?? /lookup ([^\s:]+)/.exec(text)?.[1];
      return {
        title: `The engine cannot reach ${host ?? 'the registry'}`,
        explanation: /no such host|misbehaving/.test(text)
          ? 'No address was found for this name. Check the spelling and the network.'
          : 'It does not answer. Check the network, a VPN or a proxy.',
        actions: [retry()],
      };
    },
  },
  {
    code: 'disk-full',
    pattern: /no space left on device/,
    make: () => ({
      title: 'The engine’s disk is full',
      explanation: 'Nothing can be downloaded, started or written until there is room.',
      actions: [{ kind: 'open', label: 'Find unused images', page: 'images', target: 'unused' }, retry()],
    }),
  },
  {
    code: 'image-in-use',
    status: [409],
    pattern:
      /unable to (?:delete|remove repository reference) "?([^\s"]+)"? \((?:cannot be forced|must (?:be )?force[d]?)\)(?: -)?,? ?(?:- )?(?:image is being used by|container) (?:(?:running|stopped) container )?([0-9a-f]+)/,
    make: ([, image = '', id = ''], context) => {
      const holder = context.holder ?? { id, name: `container ${shortOf(id)}` };
      return {
        title: `${holder.name} needs ${context.name ?? image}`,
        explanation: 'An image can be deleted when no container was made from it.',
        actions: [
          { kind: 'open', label: `Show ${holder.name}`, page: 'containers', target: holder.id },
          {
            kind: 'call',
            label: `Delete ${holder.name}`,
            procedure: 'containers.remove',
            input: { ids: [holder.id] },
          },
        ],
      };
    },
  },
  {
    code: 'image-has-children',
    status: [409],
    pattern: /image has dependent child images/,
    make: (_match, context) => ({
      title: `Other images are built on ${context.name ?? 'this one'}`,
      explanation: 'Delete the images that are built on it first.',
      actions: [{ kind: 'open', label: 'Show images', page: 'images' }],
    }),
  },
  {
    code: 'image-many-names',
    status: [409],
    pattern: /image is referenced in multiple repositories/,
    make: (_match, context) => ({
      title: `${context.name ?? 'This image'} has several names`,
      explanation: 'Take its names away one by one; with the last one the image goes.',
      actions: [{ kind: 'open', label: 'Show images', page: 'images', target: context.id }],
    }),
  },
];

function shortOf(id: string) {
  return id.slice(0, 12);
}
