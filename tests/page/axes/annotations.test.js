import { golden } from "../support/rules.js";

golden("annotations");
