/** A whole run as a target gets it: what becomes of each dataset, and its records. */
package dev.godwit.mapping.run;
