/** Lists: compressed JSON lines named by their hash; block lists, contents, objects. */
package dev.godwit.vault.list;
