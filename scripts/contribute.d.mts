/** Texts of package.json and package.nls.json as they should be, by file name. */
export function contributed(): Record<string, string>;
