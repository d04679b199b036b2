/**
 * What a run sets aside on the disk of its host: nameless, and readable to its own process only.
 */
package dev.godwit.spi.aside;
