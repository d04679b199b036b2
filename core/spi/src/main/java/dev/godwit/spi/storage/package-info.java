/** Places that hold the files of a vault: the contract of storage. */
package dev.godwit.spi.storage;
