/** Looks for damage, in structure and in every byte. */
package dev.godwit.vault.check;
