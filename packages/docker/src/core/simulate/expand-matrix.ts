/** The values of one job of a matrix. */
export type MatrixRow = Readonly<Record<string, unknown>>;

/** GitHub's limit for one matrix. */
export const mostMatrixJobs = 256;

/**
 * Expands an evaluated `matrix`: the product of its lists without what `exclude` names, then `include`, whose items
 * add values to the rows they fit or become rows of their own.
 *
 * @throws Error with GitHub's own words for a matrix that gives no job, or too many.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrixinclude
 */
export function expandMatrix(matrix: unknown): MatrixRow[] {
  if (!isRow(matrix)) throw new Error('the matrix is no object');
  const { include = [], exclude = [], ...vectors } = matrix;
  for (const [name, values] of Object.entries(vectors)) {
    if (!Array.isArray(values)) throw new Error(`Matrix vector '${name}' is no list`);
    if (values.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values`);
  }
  const product = multiply(vectors as Record<string, unknown[]>).filter(
    (row) => !rowsOf(exclude, 'exclude').some((excluded) => agrees(excluded, row)),
  );
  const rows = addIncluded(product, rowsOf(include, 'include'));
  if (rows.length === 0) throw new Error('Matrix must define at least one vector');
  if (rows.length > mostMatrixJobs)
    throw new Error(`the matrix has ${rows.length} jobs, and GitHub takes ${mostMatrixJobs}`);
  return rows;
}

function multiply(vectors: Readonly<Record<string, readonly unknown[]>>): MatrixRow[] {
  const entries = Object.entries(vectors);
  if (entries.length === 0) return [];
  return entries.reduce<MatrixRow[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

/** An item fits a row if it changes none of the row's original values. */
function addIncluded(product: readonly MatrixRow[], included: readonly MatrixRow[]): MatrixRow[] {
  const rows = product.map((row) => ({ ...row }) as Record<string, unknown>);
  const added: MatrixRow[] = [];
  for (const item of included) {
    const fitting = rows.filter((_, i) => {
      const original = product[i] ?? {};
      return Object.entries(item).every(
        ([key, value]) => !Object.hasOwn(original, key) || isSame(original[key], value),
      );
    });
    for (const row of fitting) Object.assign(row, item);
    if (fitting.length === 0) added.push(item);
  }
  return [...rows, ...added];
}

function agrees(part: MatrixRow, row: MatrixRow): boolean {
  return Object.entries(part).every(([key, value]) => isSame(row[key], value));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function rowsOf(value: unknown, name: string): MatrixRow[] {
  if (!Array.isArray(value) || !value.every(isRow))
    throw new Error(`'${name}' of the matrix is no list of objects`);
  return value;
}

function isRow(value: unknown): value is MatrixRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
