/** Writing: the contract of loaders. */
package dev.godwit.spi.load;
