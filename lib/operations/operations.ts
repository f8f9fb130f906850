/** What a revision's `upgrade` and `downgrade` are given. To be completed: one method a kind of operation. */
export interface Operations<Result = void> {
  execute(sql: string): Result;
}
