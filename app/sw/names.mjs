// Before the precache's controller takes its name: Workbox adds the scope to it by itself.
import { setCacheNameDetails } from "workbox-core";

setCacheNameDetails({ prefix: "mekiki" });
