/** Everything that lies in a vault: volumes, block lists, the index, snapshots, locks. */
package dev.godwit.vault;
