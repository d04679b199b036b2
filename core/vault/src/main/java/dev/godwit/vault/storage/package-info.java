/** The local folder as a place for a vault, and how storage's failures are told. */
package dev.godwit.vault.storage;
