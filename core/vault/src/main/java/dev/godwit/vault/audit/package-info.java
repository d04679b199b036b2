/** The audit of a vault: who did what with it, in chains of records that name each other. */
package dev.godwit.vault.audit;
