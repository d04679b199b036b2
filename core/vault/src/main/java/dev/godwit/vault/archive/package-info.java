/** One snapshot as a tar of a vault's folder: written in one pass, unpacked with care. */
package dev.godwit.vault.archive;
