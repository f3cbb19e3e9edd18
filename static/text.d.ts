/** Files that the bundle of the widget has as texts; esbuild puts them in. */
declare module "*.html" {
  const text: string;
  export default text;
}
declare module "*.css" {
  const text: string;
  export default text;
}
