/** What prune is about to remove: written by pruners, heeded by whoever writes a snapshot. */
package dev.godwit.vault.mark;
