/** Scripts that SQLite runs on an empty database, and how many statements each holds. */
export const sqliteScripts: readonly (readonly [statements: number, script: string])[] = [
  [0, ""],
  [0, ";; -- x;\n ; /* y; */"],
  [1, "create table t (a)"],
  [2, "create table t (a); insert into t values ('a;''b')"],
  [2, 'create table [a;b] (`c;``d`, "e;""f"); insert into [a;b] values (1, 2);'],
  [2, "create table t (a, b); insert into t values (x'3B', 'it''s \\');"],
  [3, "create table t (a); insert into t values ('\\'); insert into t values (';')"],
  [2, "create table t (a) /* no /* nesting ; */ ; insert into t values (1)"],
  [2, "create table t (a) /*/ ; */ ; insert into t values (1)"],
  [2, "create table t (a) -- x; y\n; insert into t values (1 - -1)"],
  [2, "create table t (a) -- x\r; still the comment;\n; insert into t values (4/2)"],
  [2, "create table t (a$$ text); insert into t values ('$$;')"],
  [2, "create table [E] (a); insert into E values ('\\')"],
  [3, "create table t (a);\r\ninsert into t values (1);\r\n-- x;\r\ninsert into t values (2);\r\n"],
  [
    3,
    `create table t (a);
    create trigger x after insert on t begin
      update t set a = case when new.a > 1 then 1 else 2 end; delete from t where a = ';';
    end;
    insert into t values (1)`,
  ],
  [
    3,
    `create table t (a, "end" text);
    CREATE TEMP TRIGGER IF NOT EXISTS x AFTER UPDATE OF a ON t FOR EACH ROW WHEN new.a > 1 BEGIN
      -- no; end;
      SELECT CASE WHEN new.a = 2 THEN raise(ABORT, 'no;') END; /* end; */ INSERT INTO t ("end") VALUES ('end;') ; END
    ; insert into t (a) values (1)`,
  ],
  [
    3,
    `create table begin (a); create/**/trigger begin before delete on begin begin select 1; end;
    insert into begin values (1);`,
  ],
  [
    3,
    "create table t (a); create temporary trigger x after insert on t begin select 1;end;delete from t",
  ],
  [4, "begin; create table t (a); insert into t values (1); end;"],
  [2, "create table trigger_log (a); create index i on trigger_log (a);"],
  [2, "create table t (é, \"ü;\"); insert into t values ('é;', '😀;😀')"],
  [
    2,
    "create table t (a check (a <> ';'), b as (a || ';')); create view v as select ';' as [;] from t;",
  ],
];
