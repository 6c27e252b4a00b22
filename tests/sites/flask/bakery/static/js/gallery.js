import { load } from "./lazy.js";

load(document.querySelectorAll("img.lazy"));
