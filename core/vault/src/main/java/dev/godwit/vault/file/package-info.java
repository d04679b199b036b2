/** What the files of a vault share: their paths, their JSON, their hashes, spools beside them. */
package dev.godwit.vault.file;
