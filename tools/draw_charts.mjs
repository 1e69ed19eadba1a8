// Standard input: {name: drawing in Graphviz's language}. Standard output: {name: SVG}. Run by tools/web.py with the Node that it found.
import { readFileSync } from "node:fs";
import { instance } from "@viz-js/viz";

const viz = await instance();
const drawings = JSON.parse(readFileSync(0, "utf8"));
const svgs = Object.fromEntries(Object.entries(drawings).map(([name, dot]) => [name, viz.renderString(dot, { format: "svg" })]));
process.stdout.write(JSON.stringify(svgs));
