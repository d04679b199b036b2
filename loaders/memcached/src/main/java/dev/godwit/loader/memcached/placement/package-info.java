/** On which of several servers a key lies, as clients agree on it. */
package dev.godwit.loader.memcached.placement;
