// Pages from src/, its assets copied as they are.
export default function (config) {
  config.addPassthroughCopy("src/assets");
  return { dir: { input: "src", output: "_site" } };
}
