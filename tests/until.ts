/** Resolves when `holds` does. It asks for as long as it takes: only the test's own limit ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) await Bun.sleep(10);
}
