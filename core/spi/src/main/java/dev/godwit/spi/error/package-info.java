/** Failures, and the exit status each of them ends a run with. */
package dev.godwit.spi.error;
