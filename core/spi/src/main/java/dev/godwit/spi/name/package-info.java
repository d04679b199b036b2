/** Names of datasets, patterns over them, and the filters of a run. */
package dev.godwit.spi.name;
