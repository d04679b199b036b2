/** What a block is: a batch or a piece of a large value as bytes, its id, its frame, its place. */
package dev.godwit.vault.block;
