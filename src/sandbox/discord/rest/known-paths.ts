// Which paths Discord has at all: those are not a mistake of the client when they are not modelled here.

import { Routes } from 'discord-api-types/v10';

const MOST_PARAMETERS = 4;
const PLACEHOLDERS = Array.from({ length: MOST_PARAMETERS }, (_, index) => `placeholder${index}`);
const PATTERNS = new Set(Object.values(Routes).flatMap(patternsOf));

/** Whether Discord has this path, without `/api/v10`, for any method. */
export function isKnownPath(path: string): boolean {
  return [...PATTERNS].some((pattern) => new RegExp(pattern).test(path));
}

/** A path is made by a function, some of whose parameters may be left out. */
function patternsOf(build: (...parameters: never[]) => string): string[] {
  const counts = Array.from({ length: MOST_PARAMETERS + 1 }, (_, count) => count);
  // Every parameter is text, or a switch for which any text is "on".
  const paths = counts.map((count) => build(...(PLACEHOLDERS.slice(0, count) as never[])));
  return paths
    .filter((path) => !path.includes('undefined'))
    .map((path) => `^${path.replaceAll('.', '\\.').replaceAll(/placeholder\d/g, '[^/]+')}$`);
}
