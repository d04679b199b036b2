/** Volumes: immutable zstd files of blocks, written on their own thread. */
package dev.godwit.vault.volume;
