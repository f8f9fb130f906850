/** Something that is dropped and recreated. */
export interface PutBack<Dropped> {
  readonly dropped: Dropped;
  /** They recreate it, in this order. */
  readonly statements: readonly string[];
}
