/** Removes what no snapshot needs, in two phases, so that backups may run meanwhile. */
package dev.godwit.vault.prune;
