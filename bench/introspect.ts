/** Reads the schema of the database at the given URL, and does nothing with it. */
import { postgres } from "../lib/dialect/postgres/dialect.ts";
import { connect } from "../tests/driver/connect.ts";

await using connection = await connect(process.argv[2] ?? "");
await postgres.introspect(connection);
