/** Where the blocks of volumes that were rewritten lie now. Lists name the old places for ever. */
package dev.godwit.vault.moved;
