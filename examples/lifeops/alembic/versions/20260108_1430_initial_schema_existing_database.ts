/**
 * Initial schema (existing database)
 *
 * The tables were there before the first revision: a database that has them is stamped.
 *
 * Create Date: 2026-01-08 14:30:00
 */
import type { Operations } from "migrate";

export const revision = "0c4f1d2a9b31";
export const downRevision = null;

export function upgrade(_op: Operations): void {}

export function downgrade(_op: Operations): void {}
