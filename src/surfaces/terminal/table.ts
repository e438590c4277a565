// Rows in columns for a terminal, whose cells are one wide, or two for East Asian characters.

const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/u;

const widthOf = (text: string): number =>
  [...text.normalize('NFC')].reduce(
    (sum, one) => sum + (/\p{Mn}/u.test(one) ? 0 : wide.test(one) ? 2 : 1),
    0,
  );

/** One line a row; the first column begins where the line does, the others end below each other. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const pad = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
        return column === 0 ? cell + pad : pad + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}
