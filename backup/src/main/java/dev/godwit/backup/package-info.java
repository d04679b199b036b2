/** Jobs that write a vault. */
package dev.godwit.backup;
