import { download, remove, retry, search, showContainer, showImages } from './actions';
import { bare, type SaidEntry, shortId } from './entry';

/** What goes wrong with images that are, or should be, on this computer. */
export const imageEntries: readonly SaidEntry[] = [
  {
    code: 'image-missing',
    status: [404],
    pattern: /No such image: (\S+)/,
    explain: ([, said = ''], context) => {
      const name = bare(context.name ?? said);
      return {
        title: `${name} is not on this computer`,
        explanation: 'The image was not downloaded yet, or was deleted.',
        actions: [download('Download it', name)],
      };
    },
  },
  {
    code: 'platform-foreign',
    pattern: /requested image's platform \(([^)]+)\) does not match the detected host platform \(([^)]+)\)/,
    explain: ([, image = '', host = ''], context) => ({
      title: 'It runs, but slower',
      explanation: `The image is made for ${image}, and this engine is ${host}: every instruction is translated.`,
      actions: context.name ? [search('Find a tag for this computer', context.name)] : [],
    }),
  },
  {
    code: 'platform-differs',
    pattern:
      /image with reference (\S+) was found but does not match the specified platform: wanted ([^\s,]+), actual: (\S+)/,
    explain: ([, name = '', wanted = '', actual = '']) => ({
      title: `${name} is here for ${actual} only`,
      explanation: `It was asked for as ${wanted}. Download that one first.`,
      actions: [download(`Download it for ${wanted}`, name, wanted)],
    }),
  },
  {
    code: 'disk-full',
    pattern: /no space left on device/,
    explain: () => ({
      title: 'The engine’s disk is full',
      explanation: 'Nothing can be downloaded, started or written until there is room.',
      actions: [{ ...showImages, label: 'Find unused images' }, retry],
    }),
  },
  {
    code: 'image-in-use',
    status: [409],
    pattern:
      /unable to (?:delete|remove repository reference) "?([^\s"]+)"? \((?:cannot be forced|must (?:be )?force[d]?)\)(?: -)?,? ?(?:- )?(?:image is being used by|container) (?:(?:running|stopped) container )?([0-9a-f]+)/,
    explain: ([, image = '', id = ''], context) => {
      const holder = context.holder ?? { id, name: `container ${shortId(id)}` };
      return {
        title: `${holder.name} needs ${context.name ?? image}`,
        explanation: 'An image can be deleted when no container was made from it.',
        actions: [showContainer(holder), remove(holder.id, `Delete ${holder.name}`)],
      };
    },
  },
  {
    code: 'image-has-children',
    status: [409],
    pattern: /image has dependent child images/,
    explain: (_match, context) => ({
      title: `Other images are built on ${context.name ?? 'this one'}`,
      explanation: 'Delete the images that are built on it first.',
      actions: [showImages],
    }),
  },
  {
    code: 'image-many-names',
    status: [409],
    pattern: /image is referenced in multiple repositories/,
    explain: (_match, context) => ({
      title: `${context.name ?? 'This image'} has several names`,
      explanation: 'Remove its names one by one: the image goes with the last one.',
      actions: [{ ...showImages, target: context.id }],
    }),
  },
];
