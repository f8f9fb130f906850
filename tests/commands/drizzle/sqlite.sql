-- What drizzle-kit 0.31.11 makes of sqlite.ts.
CREATE TABLE `link` (
	`a` integer,
	`b` integer NOT NULL,
	PRIMARY KEY(`a`, `b`),
	FOREIGN KEY (`a`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`b`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `plain` (
	`id` text PRIMARY KEY NOT NULL,
	`v` integer
);

CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text(50) DEFAULT 'it''s' NOT NULL,
	`email` text,
	`kind` text DEFAULT 'a',
	`ok` integer DEFAULT true,
	`at` integer DEFAULT (unixepoch()),
	`score` real DEFAULT 1.5,
	`blob` blob,
	`num` numeric DEFAULT '1.5',
	`data` text DEFAULT '{"a":1}',
	`len` integer GENERATED ALWAYS AS (length("name")) VIRTUAL,
	`len2` integer GENERATED ALWAYS AS (length("name")) STORED,
	`boss` integer,
	FOREIGN KEY (`boss`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "c" CHECK("users"."score" > 0)
);

CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);
CREATE INDEX `worded` ON `users` ("name" collate nocase desc,lower("email") desc);
CREATE INDEX `by_name` ON `users` (`name`);
CREATE UNIQUE INDEX `lower` ON `users` (lower("name")) WHERE "users"."ok" = 1;
CREATE UNIQUE INDEX `two` ON `users` (`name`,`kind`);
CREATE VIEW `v` AS select "id", "v" from "plain";