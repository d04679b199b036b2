/** Finding plugins by the scheme of a URI. */
package dev.godwit.spi.plugin;
