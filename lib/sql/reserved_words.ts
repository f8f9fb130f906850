/**
 * The words that can't be used as names without quotes: PostgreSQL 18's keywords of every kind except
 * "unreserved" (those that its own `quote_identifier` quotes), and SQLite's keywords without a fallback
 * to an identifier.
 */
export const reservedWords: ReadonlySet<string> = new Set(
  `add all alter analyse analyze and any array as asc asymmetric authorization autoincrement
  between bigint binary bit boolean both case cast char character check coalesce collate collation
  column commit concurrently constraint create cross current_catalog current_date current_role
  current_schema current_time current_timestamp current_user dec decimal default deferrable delete
  desc distinct do drop else end escape except exists extract false fetch float for foreign freeze
  from full grant greatest group grouping having if ilike in index initially inner inout insert int
  integer intersect interval into is isnull join json json_array json_arrayagg json_exists
  json_object json_objectagg json_query json_scalar json_serialize json_table json_value lateral
  leading least left like limit localtime localtimestamp merge_action national natural nchar none
  normalize not nothing notnull null nullif numeric offset on only or order out outer overlaps
  overlay placing position precision primary raise real references returning right row select
  session_user set setof similar smallint some substring symmetric system_user table tablesample
  then time timestamp to trailing transaction treat trim true union unique update user using values
  varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists
  xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);

/** Those that neither database accepts as a name without quotes, wherever they stand. */
export const keywords: ReadonlySet<string> = new Set(
  `all and as between case check collate constraint create default deferrable distinct else except
  exists foreign from group having in intersect into is isnull join limit not notnull null on or
  order primary references returning select table then to union unique using values when where`
    .split(/\s+/),
);
