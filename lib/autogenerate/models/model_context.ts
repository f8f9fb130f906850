/** What a module of models may ask: its default export can be a function of it that returns them. */
export interface ModelContext {
  readonly dialect: "postgres" | "sqlite";
}
