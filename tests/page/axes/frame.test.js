import { golden } from "../support/rules.js";

golden("heads");
golden("gutter");
