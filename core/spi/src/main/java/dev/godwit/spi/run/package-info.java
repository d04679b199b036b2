/** What surrounds a plugin while it runs: memory, cancellation, warnings. */
package dev.godwit.spi.run;
