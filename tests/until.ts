/** Resolves when `holds` returns true, however long that takes: only the test's own limit ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) await Bun.sleep(10);
}
