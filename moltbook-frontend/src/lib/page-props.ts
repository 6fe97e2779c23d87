/** What Next gives a page. Its own PageProps type exists only after a build. */
export interface PageProps<Params = unknown> {
  params: Promise<Params>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}
