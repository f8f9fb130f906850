/** Templates are imported as text, which puts them into the executable. */
declare module "*.template" {
  const text: string;
  export default text;
}
