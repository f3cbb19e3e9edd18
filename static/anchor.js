/** Keeps the figures where they hide least: the place is chosen now and then, and held in between. */
import { nearestRoom } from "./placing.js";
