/**
 * Merge branches
 *
 * Create Date: 2026-01-07 10:00:00
 */
import type { Operations } from "migrate";

export const revision = "003";
export const downRevision = ["002", "002b"];

export function upgrade(_op: Operations): void {}

export function downgrade(_op: Operations): void {}
