/** Stores: how one is named, opened and described. */
package dev.godwit.spi.store;
