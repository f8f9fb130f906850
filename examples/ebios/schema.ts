/** How the database should look: the models that `migrate check` and `--autogenerate` compare it with. */
import { column, integer, now, string, table, timestamp } from "migrate";

export const users = table(
  "users",
  column("id", integer(), { primaryKey: true }),
  column("email", string(255), { nullable: false, unique: true }),
  column("created_at", timestamp({ timezone: true }), { nullable: false, serverDefault: now() }),
);
