/** Who may do what in an encrypted vault: its keys, what is sealed with them, who opens them. */
package dev.godwit.vault.key;
