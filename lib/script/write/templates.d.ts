/** Templates are imported as text, and so come into the executable. */
declare module "*.template" {
  const text: string;
  export default text;
}
