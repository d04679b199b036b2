/** Moves snapshots from vault to vault: their blocks as they are stored, their lists anew. */
package dev.godwit.vault.carry;
