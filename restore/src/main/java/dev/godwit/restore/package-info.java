/** Jobs that read a vault, or two stores. */
package dev.godwit.restore;
