/** What the default export of a models module receives, if it is a function that returns the models. */
export interface ModelContext {
  readonly dialect: "postgres" | "sqlite";
}
