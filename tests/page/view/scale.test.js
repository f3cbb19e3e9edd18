import { golden } from "../support/rules.js";

golden("position");
golden("widened");
golden("x_range");
