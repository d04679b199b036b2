/** An open vault: where its files lie, and what they are sealed with. */
package dev.godwit.vault.plane;
