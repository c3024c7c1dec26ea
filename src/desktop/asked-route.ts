/** `settings/troubleshoot`, `containers/3f2a/logs`: a page, and what it is to show. The page itself knows which there are. */
const page = /^[a-z]+(?:\/[\w.:-]+){0,2}\/?$/;

/**
 * The route that a start asks for: by `gantry open` with `--page=settings/troubleshoot`, by a link with
 * `gantry://settings/troubleshoot`. Null when none, or not of a page's form.
 */
export function askedRoute(argv: readonly string[]): string | null {
  const wish = argv.flatMap((word) => /^(?:--page=|gantry:\/\/)(.*)$/.exec(word)?.[1] ?? [])[0];
  return wish !== undefined && page.test(wish) ? `#/${wish.replace(/\/$/, '')}` : null;
}
