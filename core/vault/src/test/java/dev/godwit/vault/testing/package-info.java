/** What the tests of the vault share: sample batches, small runs. */
package dev.godwit.vault.testing;
