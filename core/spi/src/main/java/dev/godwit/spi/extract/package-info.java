/** Reading: the contract of extractors. */
package dev.godwit.spi.extract;
