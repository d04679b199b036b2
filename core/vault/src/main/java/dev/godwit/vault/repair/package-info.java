/** Mends a damaged vault: saves what is whole, and takes out only what is gone for good. */
package dev.godwit.vault.repair;
