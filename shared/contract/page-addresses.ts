/**
 * Addresses of the static pages, such as `/docs` and `/problems/busy`. The file of each has the same name and `.html`.
 */

/** An address without a dot in its last part. CloudFront runs this very expression, and so does the local system. */
export const ADDRESS_OF_PAGE = /\/[^/.]+$/;

/** `/docs` → `/docs.html`. The path of any other file stays as it is. */
export const fileAt = (path: string): string => (ADDRESS_OF_PAGE.test(path) ? `${path}.html` : path);
