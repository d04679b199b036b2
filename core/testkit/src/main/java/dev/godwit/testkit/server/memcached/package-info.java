/** Real Memcached servers for tests, and what lies in them as plain commands show it. */
package dev.godwit.testkit.server.memcached;
