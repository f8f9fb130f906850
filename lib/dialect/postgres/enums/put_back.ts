/** Something that is dropped and made again. */
export interface PutBack<Dropped> {
  readonly dropped: Dropped;
  /** In this order. */
  readonly statements: readonly string[];
}
