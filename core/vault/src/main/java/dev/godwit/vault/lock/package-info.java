/** Locks of writers, and the clearing away of what dead ones left. */
package dev.godwit.vault.lock;
